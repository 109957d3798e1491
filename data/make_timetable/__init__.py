"""Makes `data/timetable/`, the built-in bus timetable (GTFS, indicative), from the tables of facts."""
