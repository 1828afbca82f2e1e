"""Addresses of letters and their templates."""

from django.urls import URLPattern, path

from casework.web.views import letter_templates, letters, write_letter

_CHILD, _LETTER = "children/<uuid:public_id>/letters", "letters/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_CHILD}/", letters.child_letters, name="child_letters"),
    path(f"{_CHILD}/write/", write_letter.write_letter, name="write_letter"),
    path(f"{_CHILD}/write/<slug:page>/", write_letter.write_letter, name="write_letter"),
    path(f"{_LETTER}/", letters.letter_page, name="letter"),
    path(f"{_LETTER}/sent/", letters.letter_sent, name="letter_sent"),
    path(f"{_LETTER}/sent/<slug:page>/", letters.letter_sent, name="letter_sent"),
    path(f"{_LETTER}/discard/", letters.discard_letter, name="discard_letter"),
    path(f"{_LETTER}/error/", letters.letter_error, name="letter_error"),
    path("letters/in-error/", letters.letters_in_error, name="letters_in_error"),
    path("letters/words/", letter_templates.letter_words, name="letter_words"),
    path("letters/templates/", letter_templates.letter_templates, name="letter_templates"),
    path("letters/templates/add/", letter_templates.add_letter_template, name="add_letter_template"),
    path("letters/templates/<uuid:public_id>/", letter_templates.letter_template, name="letter_template"),
    path(
        "letters/templates/<uuid:public_id>/use/",
        letter_templates.use_letter_template,
        name="use_letter_template",
    ),
    path("letters/versions/<uuid:public_id>/file/", letter_templates.template_file, name="template_file"),
]
