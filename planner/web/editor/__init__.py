"""The editor of a visit: one page, and a form for each edit.

Begin with page.py; forms.py knows every form by the name of its action.
"""
