// Starts the GOV.UK components of the page: error summary focus, conditional radios, character counts, menu.
import { initAll } from "../govuk/govuk-frontend.min.js";

initAll();
