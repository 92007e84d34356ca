// Turbo Drive: fetches the next page and swaps the body.
import * as Turbo from "@hotwired/turbo";

window.Turbo = Turbo;
