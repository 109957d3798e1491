"""One room for each form in which plans are given out: timelines, maps, boards, the API's answers.

Begin with timeline/build.py and maps/content.py. Only web and commands import from here.
"""
