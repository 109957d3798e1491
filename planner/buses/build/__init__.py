"""Making a timetable: slow and rare, never imported by a web worker."""
