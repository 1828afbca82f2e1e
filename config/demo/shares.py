"""Shares of people and requests that the demonstration is drawn to.

Source: Department for Education, "Education, health and care plans", reporting years 2025 and 2026 (England;
Open Government Licence v3.0). Figures are shares worked out from the published counts, not the counts' files. Calendar
2024 and January 2025 unless stated. Lines marked *ours* are assumptions where nothing is published.
"""

PLANS_BY_AGE: dict[int, int] = {
    2: 8, 3: 67, 4: 353, 5: 483, 6: 499, 7: 534, 8: 570, 9: 601, 10: 648, 11: 732, 12: 739, 13: 741, 14: 738,
    15: 703, 16: 658, 17: 571, 18: 448, 19: 326, 20: 227, 21: 154, 22: 98, 23: 63, 24: 35, 25: 6,
}  # fmt: skip
"""Plans held, per ten thousand, by age on 31 August before the school year."""

REQUESTS_BY_AGE: dict[int, int] = {
    2: 18, 3: 118, 4: 113, 5: 70, 6: 64, 7: 62, 8: 66, 9: 78, 10: 95, 11: 59, 12: 56, 13: 60, 14: 54, 15: 45,
    16: 22, 17: 10, 18: 4, 19: 2, 20: 3,
}  # fmt: skip
"""Requests, per thousand, by age on the day received; 2 stands for "2 and under", 20 for "20 and over"."""

REFUSAL_BY_AGE: dict[int, float] = {
    2: 0.99, 3: 0.60, 4: 0.68, 5: 0.66, 6: 0.78, 7: 0.88, 8: 0.96, 9: 1.03, 10: 1.16, 11: 1.39, 12: 1.34, 13: 1.26,
    14: 1.22, 15: 1.34, 16: 1.62, 17: 1.83, 18: 1.85, 19: 1.79, 20: 1.85,
}  # fmt: skip
"""Refusal rate at an age over the rate at all ages."""

REQUESTS_BY_YEAR: dict[int, int] = {
    2021: 93_302, 2022: 114_482, 2023: 138_242, 2024: 154_489, 2025: 162_702, 2026: 174_000, 2027: 186_000,
}  # fmt: skip
"""Requests in England in a calendar year: the shape of growth. 2026 and 2027 carry the growth on (*ours*)."""

PLANS_AT_START = 473_255
"""Plans held in England at January 2022, on the scale of REQUESTS_BY_YEAR."""

SOURCES: dict[str, tuple[int, float]] = {
    "1": (324, 0.488),
    "2": (617, 0.166),
    "3": (2, 0.212),
    "4": (6, 0.251),
    "5": (51, 0.196),
}
"""Source of request: share of requests with a known source, per thousand, and refusal rate (calendar 2025)."""

SOURCE_NOT_KNOWN = 0.095
"""Requests of calendar 2025 whose source the authority did not know."""

REFUSAL_BY_YEAR: dict[int, float] = {2021: 0.223, 2022: 0.221, 2023: 0.240, 2024: 0.252, 2025: 0.266}
"""Refusals over all requests received in a calendar year."""
REFUSAL_LATER = 0.266

WITHDRAWN_BEFORE_DECISION = 0.016
EXPORTED = 0.004  # ours: moves to another authority before the assessment ends
DECIDED_IN_SIX_WEEKS = 0.848
NO_PLAN_AFTER_ASSESSMENT = 0.061
WITHDRAWN_IN_ASSESSMENT = 0.003
TOLD_NO_PLAN_IN_16_WEEKS = 0.341
ISSUED_IN_20_WEEKS = 0.459
ISSUED_AFTER_A_YEAR = 0.072
EXCEPTION = 0.061
EXCEPTION_IN_TIME = 0.369
"""Of the plans flagged with an exception, those issued within 20 weeks all the same."""

REFUSED_MEDIATION, REFUSED_TRIBUNAL = 0.27, 0.12
NO_PLAN_MEDIATION, NO_PLAN_TRIBUNAL = 0.33, 0.22
OTHER_MEDIATION, OTHER_TRIBUNAL = 0.019, 0.031
YOUTH_ACCOMMODATION = 0.0003

MALE = 0.69
ETHNICITIES: dict[str, int] = {
    "WBRI": 649, "WIRI": 3, "WIRT": 2, "WOTH": 43, "WROM": 4, "MWBC": 19, "MWBA": 9, "MWAS": 11, "MOTH": 24,
    "AIND": 17, "APKN": 33, "ABAN": 14, "AOTH": 16, "BCRB": 12, "BAFR": 37, "BOTH": 11, "CHNE": 3, "OOTH": 17,
    "REFU": 20, "NOBT": 56,
}  # fmt: skip
"""Ethnic group of plan holders per thousand; "unclassified" is split between its two codes (*ours*)."""

CEASE_BY_AGE: dict[int, float] = {
    **dict.fromkeys(range(16), 0.025), 16: 0.05, 17: 0.11, 18: 0.21, 19: 0.29, 20: 0.33, 21: 0.34, 22: 0.38,
    23: 0.45, 24: 0.75, 25: 1.0,
}  # fmt: skip
"""Share of the plans held at an age (31 August) that cease in that school year: ceased plans over caseload."""

CEASE_REASONS: dict[str, dict[str, int]] = {
    "child": {"5": 880, "7": 64, "2": 36, "8": 20},
    "16": {"5": 595, "2": 111, "4": 103, "6": 127, "7": 21, "8": 21, "9": 12, "3": 10},
    "18": {"6": 486, "3": 129, "4": 125, "2": 98, "5": 121, "1": 14, "9": 17, "8": 5, "7": 5},
    "20": {"6": 548, "4": 122, "2": 107, "1": 96, "3": 60, "5": 37, "9": 27, "8": 2, "7": 1},
}
"""Reasons per thousand by age on ceasing: under 16, 16 to 17, 18 to 19, 20 and over."""

TRANSFERS_IN = 0.022
"""Plans that arrive from other authorities in a year over plans held (*ours*: as many as leave)."""

REVIEW_HELD = 0.865
REVIEW_DECIDED = 0.79
REVIEW_DECIDED_IN_4_WEEKS = 0.444
REVIEW_OUTCOMES: dict[str, int] = {"A": 612, "M": 377, "C": 11}

PERSONAL_BUDGET = 0.031
DIRECT_PAYMENTS: dict[str, int] = {"S": 642, "E": 161, "I": 58, "H": 8, "": 131}
ORGANISED_ARRANGEMENTS = 0.198
