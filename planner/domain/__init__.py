"""The words of a study visit and its rules: pure, no Flask, SQL, file, clock or network.

Begin with visits.py (what an organiser asks for) and itinerary.py (what planning gives), then
schedule/schedule.py. Imports nothing of ours but errors; everything else may import it.
"""
