#!/usr/bin/env python3
"""Classroom 50 runs this file in a student's repository, with the folder that it
is in beside it, and reads ./result.json (its wiki: Advanced-Autograding). Exit
status 0: it ran. Everything else is done by the kit's own scripts."""
import json
import os
import subprocess
import sys
import tempfile

kit = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kit")
names = ("classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review")
about = {name: os.environ[f"CLASSROOM50_{name.upper()}"] for name in names if f"CLASSROOM50_{name.upper()}" in os.environ}

subprocess.run(["tools/setup", "labs", "grade"], cwd=kit, check=True)
subprocess.run(["make", "--silent", "grade-tools"], cwd=kit, check=True)
with tempfile.TemporaryDirectory() as out:
    os.chmod(out, 0o755)
    judged = subprocess.run([f"{kit}/tools/grade/course/judge", os.getcwd(), out], stdout=subprocess.DEVNULL)
    if judged.returncode != 0:
        sys.exit(judged.returncode)
    result = next(os.path.join(out, name, "result.json") for name in os.listdir(out) if not name.startswith("."))
    rendered = subprocess.run(
        [f"{kit}/tools/grade/render", "classroom50", result, "--argjson", "about", json.dumps(about)],
        stdout=subprocess.PIPE, check=True)
with open("result.json", "wb") as file:
    file.write(rendered.stdout)
