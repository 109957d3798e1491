"""Who does the work in the background: one process of each machine, the runner, beside those that answer.

Begin with loop.py; kinds.py names what there is to do, `work` does it, each job in a process of its own
(child.py, watched by working.py). beside.py sees to it that a server has a runner.
"""
