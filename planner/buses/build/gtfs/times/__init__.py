"""When the trips of a feed call where, and which of them can be relied on.

Begin with calls.py; stop_times.py reads, windows.py, speeds.py and frequencies.py
leave out what is no time of a vehicle, stays.py joins the trips of one vehicle.
"""
