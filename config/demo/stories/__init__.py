"""Named children of the demonstration, each with a story that shows one thing a caseworker meets.

The thousands of others come from returns and are alike in kind; these are told through the services, word for word as a
caseworker would have recorded them, and stand in the worklist of the first caseworker.
"""

from collections.abc import Callable
from datetime import date

from casework.models import User
from config.demo.people import PEOPLE
from config.demo.stories import assessments, disputes, families, reviews
from config.demo.stories.cast import Cast, Story

STORIES: tuple[Story, ...] = (*assessments.STORIES, *reviews.STORIES, *families.STORIES, *disputes.STORIES)


def tell(as_at: date, *, progress: Callable[[str], None]) -> int:
    """Record every story as it stands on the day. Returns how many there are."""
    cast = Cast(
        as_at=as_at,
        worker=User.objects.get(email=PEOPLE[0].email),
        manager=User.objects.get(email=next(one.email for one in PEOPLE if one.role == "manager")),
    )
    for story in STORIES:
        story.told(cast)
    progress(f"Told {len(STORIES)} stories of single children")
    return len(STORIES)
