"""What is added to the list that cyclonedx-py makes from the lock."""

from __future__ import annotations

from tests.audit.sbom import completed


def test_licences_and_the_programs_own_requirements_are_added() -> None:
    bom = {
        "metadata": {"component": {"bom-ref": "root", "name": "trafficking-kb"}},
        "components": [{"bom-ref": "L1", "name": "blinker"}, {"bom-ref": "L2", "name": "Flask"}],
        "dependencies": [{"ref": "L1"}, {"ref": "L2"}, {"ref": "root"}],
    }
    made = completed(bom)
    assert [each["licenses"][0]["license"]["name"] for each in made["components"]] == [
        "MIT License",
        "BSD-3-Clause",
    ]
    assert made["dependencies"] == [{"ref": "L1"}, {"ref": "L2"}, {"ref": "root", "dependsOn": ["L2"]}]
