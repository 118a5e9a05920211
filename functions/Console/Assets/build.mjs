// Takes the style sheet out of the govuk-frontend package. Its fonts and pictures may be used on gov.uk alone: they stay behind.
import { readFileSync, writeFileSync } from "node:fs";

const [npm, target] = process.argv.slice(2);
const css = readFileSync(`${npm}node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css`, "utf8");
const own = css.replace(/@font-face\{[^}]*\}/g, "").replaceAll("GDS Transport,", "").replace(/\/\*# sourceMappingURL=.*$/m, "");
if (/GDS Transport|@font-face/.test(own)) throw new Error("The style sheet names its fonts otherwise than before.");
writeFileSync(target, own);
