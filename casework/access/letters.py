"""Letters follow the child they are about; templates hold nothing personal."""

from casework.access.scope import everyone, follows_child, register
from casework.models import Letter, LetterTemplate, LetterTemplateVersion, LetterWords

register(Letter, follows_child("child"))
for _model in (LetterTemplate, LetterTemplateVersion, LetterWords):
    register(_model, everyone)
