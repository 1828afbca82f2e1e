"""Shares of where children with plans are taught. Source and licence as in `config.demo.shares`."""

from placements.rules.provision import Leaf

GROUPS = ("early_years", "mainstream", "ap", "elsewhere", "not_recorded", "fe", "special")
"""Published placement groups, in an order that makes likely moves neighbours (see `config.demo.latent`)."""

GROUPS_BY_AGE: dict[int, tuple[int, ...]] = {
    2: (542, 165, 8, 161, 26, 0, 98), 3: (573, 280, 4, 52, 21, 1, 69), 4: (59, 699, 0, 18, 21, 0, 203),
    5: (7, 712, 1, 17, 20, 0, 243), 6: (2, 686, 3, 18, 22, 0, 269), 7: (1, 654, 5, 19, 21, 0, 300),
    8: (1, 643, 5, 21, 22, 0, 308), 9: (1, 642, 6, 23, 21, 0, 307), 10: (1, 649, 7, 25, 21, 0, 297),
    11: (0, 513, 5, 33, 29, 0, 420), 12: (0, 496, 8, 38, 22, 1, 435), 13: (0, 470, 12, 46, 24, 1, 447),
    14: (0, 452, 20, 57, 25, 2, 444), 15: (0, 447, 26, 70, 25, 4, 428), 16: (0, 111, 6, 130, 60, 447, 246),
    17: (0, 79, 4, 170, 37, 484, 226), 18: (0, 36, 2, 211, 50, 511, 190), 19: (0, 16, 1, 252, 58, 623, 50),
    20: (0, 11, 1, 260, 51, 650, 27), 21: (0, 8, 1, 266, 48, 653, 24), 22: (0, 8, 0, 291, 48, 631, 22),
    23: (0, 4, 1, 327, 48, 605, 15), 24: (0, 3, 0, 337, 51, 588, 21), 25: (0, 5, 0, 332, 113, 534, 16),
}  # fmt: skip
"""Group by age on 31 August, per thousand plans held (January 2025)."""

FIRST_GROUPS_BY_AGE: dict[int, tuple[int, ...]] = {
    2: (493, 182, 5, 207, 39, 0, 74), 3: (575, 254, 7, 67, 28, 1, 68), 4: (60, 769, 0, 19, 28, 0, 124),
    5: (16, 820, 1, 19, 29, 0, 115), 6: (1, 881, 6, 18, 31, 0, 63), 7: (1, 884, 7, 21, 33, 0, 54),
    8: (0, 873, 10, 23, 30, 0, 64), 9: (0, 891, 9, 21, 24, 0, 55), 10: (1, 883, 9, 24, 25, 1, 57),
    11: (0, 822, 8, 34, 32, 0, 104), 12: (0, 772, 16, 52, 37, 1, 122), 13: (0, 713, 38, 69, 34, 1, 145),
    14: (0, 688, 59, 80, 34, 4, 135), 15: (0, 670, 71, 99, 42, 6, 112), 16: (1, 349, 37, 163, 59, 320, 71),
    17: (0, 122, 14, 211, 61, 555, 37), 18: (0, 83, 9, 268, 83, 528, 29), 19: (0, 41, 0, 278, 55, 609, 17),
    20: (0, 36, 0, 304, 98, 537, 25),
}  # fmt: skip
"""Group of a new plan by age when it started, per thousand (calendar 2024). At 4, early years is cut to those who
are 4 in their reception year (*ours*)."""

FIRST_YEAR_BY_AGE: dict[int, float] = {
    2: 0.95, 3: 0.85, 4: 0.50, 5: 0.32, 6: 0.20, 7: 0.17, 8: 0.155, 9: 0.16, 10: 0.165, 11: 0.11, 12: 0.09, 13: 0.09,
    14: 0.085, 15: 0.07, 16: 0.035, 17: 0.02, 18: 0.012, 19: 0.008, 20: 0.006,
}  # fmt: skip
"""Share of plan holders of an age who are still where their plan found them (*ours*, from new plans over plans)."""

LEAVES: dict[str, dict[Leaf, int]] = {
    "mainstream": {
        Leaf.MAINSTREAM_MAINTAINED: 343, Leaf.MAINSTREAM_MAINTAINED_RESOURCED: 24,
        Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT: 11, Leaf.MAINSTREAM_ACADEMY: 509,
        Leaf.MAINSTREAM_ACADEMY_RESOURCED: 31, Leaf.MAINSTREAM_ACADEMY_SEN_UNIT: 21,
        Leaf.MAINSTREAM_FREE_SCHOOL: 34, Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED: 1, Leaf.MAINSTREAM_INDEPENDENT: 26,
    },
    "special": {
        Leaf.SPECIAL_MAINTAINED: 443, Leaf.SPECIAL_ACADEMY: 325, Leaf.SPECIAL_FREE_SCHOOL: 56,
        Leaf.SPECIAL_NON_MAINTAINED: 23, Leaf.SPECIAL_INDEPENDENT: 153,
    },
    "ap": {Leaf.PUPIL_REFERRAL_UNIT: 472, Leaf.AP_ACADEMY: 405, Leaf.AP_FREE_SCHOOL: 123},
    "fe": {
        Leaf.GENERAL_FE_COLLEGE: 765, Leaf.SIXTH_FORM_COLLEGE: 40, Leaf.SPECIALIST_POST_16: 110,
        Leaf.UKRLP_PROVIDER: 85,
    },
    "elsewhere": {
        Leaf.ELECTIVE_HOME_EDUCATION: 295, Leaf.ARRANGED_BY_AUTHORITY: 427, Leaf.ARRANGED_BY_PARENTS: 43,
        Leaf.NOT_IN_EDUCATION_OTHER: 149, Leaf.OTHER_SETTING: 64, Leaf.ONLINE_PROVIDER: 4,
        Leaf.WELSH_ESTABLISHMENT: 12, Leaf.OTHER_SCHOOL: 6,
    },
    "elsewhere_16": {
        Leaf.NEET: 543, Leaf.ARRANGED_BY_AUTHORITY: 135, Leaf.NOT_IN_EDUCATION_OTHER: 90, Leaf.OTHER_SETTING: 91,
        Leaf.ELECTIVE_HOME_EDUCATION: 69, Leaf.NOTICE_TO_CEASE: 54, Leaf.ARRANGED_BY_PARENTS: 9,
        Leaf.WELSH_ESTABLISHMENT: 6, Leaf.OTHER_SCHOOL: 2, Leaf.ONLINE_PROVIDER: 1,
    },
    "early_years": {Leaf.EARLY_YEARS: 1000},
    "not_recorded": {Leaf.NOT_RECORDED: 1000},
}  # fmt: skip
"""Finest types in a group, per thousand. The split of special academies and free schools, of colleges, and of
"educated elsewhere" before and after 16 is *ours*, within the published totals."""

RESIDENTIAL: dict[Leaf, float] = {
    Leaf.SPECIAL_INDEPENDENT: 0.045, Leaf.SPECIAL_NON_MAINTAINED: 0.06, Leaf.SPECIALIST_POST_16: 0.055,
    Leaf.SPECIAL_MAINTAINED: 0.001, Leaf.SPECIAL_ACADEMY: 0.001,
}  # fmt: skip
"""Share of placements with 38 weeks or more in residence (*ours* by type; 0.35% of all plans is published)."""

RESIDENTIAL_52 = 0.37
"""Of those, 52 weeks."""

WORK_BASED: dict[str, int] = {"S": 611, "A": 232, "T": 157}
WORK_BASED_IN_FE = 0.037
