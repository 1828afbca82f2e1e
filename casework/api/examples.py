"""Invented records that the API description shows."""

from drf_spectacular.utils import OpenApiExample

CHILD = {
    "id": "5b0c8a38-3f0e-4f7e-9c69-0f4f0a6d0f11",
    "surname": "Heathermoor",
    "forename": "Rowan",
    "date_of_birth": "2016-03-09",
    "upn": "A999000123456",
}
REQUEST_ID = "0a4de1b6-7b6b-4b7c-8f2e-51f2a7c1b001"
PLAN_ID = "8f0b7f0e-2f64-4d0a-9a55-b5f6de3f7a02"
VERSION_ID = "c2b1f7f8-0c9e-4c43-a6c1-93f2b3a1d003"
TEXT_ID = "3f6f6f2a-90d1-4b44-8d0b-2f7f3a1d2006"
SETTING = {
    "id": "e1d0c6aa-1b58-4a8a-b1d5-6f4c0d1f2004",
    "urn": 999001,
    "ukprn": None,
    "name": "Fernshire Vale School",
}

REQUEST = OpenApiExample(
    "A request with a plan issued in 19 weeks",
    value={
        "id": REQUEST_ID,
        "reference": "EHC-0001234",
        "kind": "request",
        "child": CHILD,
        "source": "1",
        "channel": "email",
        "area": "north",
        "brought_to_attention": False,
        "received_on": "2025-01-16",
        "decided_on": "2025-02-24",
        "outcome_on": "2025-04-30",
        "final_plan_on": "2025-05-29",
        "ended_on": None,
        "state": "issued",
        "decided_before_period": False,
        "excepted": False,
        "clocks": [
            {
                "rule": "A10",
                "part": "",
                "started_on": "2025-01-16",
                "due_on": "2025-06-05",
                "stopped_on": "2025-05-29",
                "stop_kind": "done",
            }
        ],
    },
    response_only=True,
)
ADVICE_REQUEST = OpenApiExample(
    "Advice of an educational psychologist, received in time",
    value={
        "id": "3f7f9a52-5d6e-4c1f-8d9c-4b9a3c1d4006",
        "request": REQUEST_ID,
        "child": CHILD,
        "body": "psychology",
        "setting": None,
        "asked_on": "2025-02-25",
        "due_on": "2025-04-08",
        "received_on": "2025-04-04",
        "ended_on": None,
        "ended_because": None,
    },
    response_only=True,
)
DECISION = OpenApiExample(
    "A refusal to assess",
    value={
        "id": "7d2fbb52-3d4e-4c0e-8a9b-2b7a3c1d4005",
        "case": REQUEST_ID,
        "case_kind": "request",
        "child": CHILD,
        "question": "assess",
        "answer": "refuse_assess",
        "decided_on": "2025-02-24",
        "test_applied": "CFA 2014 s36(8)",
        "grounds": ["needs_met_without_a_plan"],
    },
    response_only=True,
)
_VERSION = {
    "id": VERSION_ID,
    "number": 1,
    "stage": "final",
    "starts_on": "2025-05-29",
    "ends_on": None,
    "primary_need": "ASD",
    "secondary_need": "SLCN",
}
PLAN = OpenApiExample(
    "A plan with its first version in force",
    value={
        "id": PLAN_ID,
        "child": CHILD,
        "request": REQUEST_ID,
        "starts_on": "2025-05-29",
        "ends_on": None,
        "cease_reason": None,
        "transferred_from_la": "",
        "versions": [_VERSION],
    },
    response_only=True,
)
PLAN_VERSION = OpenApiExample(
    "The first final version",
    value={
        "id": VERSION_ID,
        "plan": PLAN_ID,
        "child": CHILD,
        "text": TEXT_ID,
        "number": 1,
        "stage": "final",
        "served_on": "2025-05-02",
        "starts_on": "2025-05-29",
        "ends_on": None,
        "primary_need": "ASD",
        "secondary_need": "SLCN",
        "personal_budget": False,
        "organised_arrangements": None,
        "direct_payment": "",
    },
    response_only=True,
)
PLAN_TEXT = OpenApiExample(
    "The words of a final plan, in part",
    value={
        "id": TEXT_ID,
        "plan_version": VERSION_ID,
        "case": REQUEST_ID,
        "child": CHILD,
        "state": "final",
        "sections": [
            {
                "letter": "A",
                "title": "Views, interests and aspirations",
                "words": "Rowan wants to work with animals.",
            }
        ],
        "needs": [
            {
                "id": "6a0e6a52-6a2f-4a4e-9a55-0b1c2d3e4007",
                "words": "Rowan follows one instruction at a time.",
                "kind": "SLCN",
                "area": "communication",
            }
        ],
        "outcomes": [
            {
                "id": "7b1f7b63-7b3f-4b5f-8b66-1c2d3e4f5008",
                "outcome": "Rowan will follow three instructions in a row.",
                "by_when": "July 2027",
                "steps": "Two instructions by December 2026",
            }
        ],
        "provision": [
            {
                "id": "8c2a8c74-8c4a-4c6a-9c77-2d3e4f5a6009",
                "section": "F",
                "what": "Speech and language therapy",
                "who": "A speech and language therapist",
                "amount": "45.00",
                "unit": "minutes",
                "times": 1,
                "per": "week",
                "how": "One to one",
                "starts_on": None,
                "ends_on": None,
                "needs": ["6a0e6a52-6a2f-4a4e-9a55-0b1c2d3e4007"],
                "outcomes": ["7b1f7b63-7b3f-4b5f-8b66-1c2d3e4f5008"],
            }
        ],
        "budget": [],
        "advice": [
            {
                "id": "9d3b9d85-9d5b-4d7b-8d88-3e4f5a6b7010",
                "body": "psychology",
                "who": "Educational psychologist",
                "dated_on": "2025-03-03",
            }
        ],
    },
    response_only=True,
)
ESTABLISHMENT = OpenApiExample(
    "A special school",
    value={
        **SETTING,
        "la_code": "999",
        "establishment_number": "7001",
        "phase": "Not applicable",
        "low_age": 4,
        "high_age": 19,
        "opened_on": "2009-09-01",
        "closed_on": None,
        "register_status": "Open",
        "section_41": False,
        "in_register": True,
    },
    response_only=True,
)
AREA = OpenApiExample(
    "An area",
    value={"code": "north", "name": "North", "outward_postcodes": ["FE1", "FE2"]},
    response_only=True,
)
