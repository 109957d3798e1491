#!/bin/sh
# What a container or a unit starts: whatever is missing or of an older format is built first, then it serves.
set -eu
cd "$(dirname "$0")/../.."
flask --app wsgi setup
exec gunicorn wsgi:app
