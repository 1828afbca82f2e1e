// Runs before the page is drawn, so that parts which need script do not flash: the official page does this inline.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
