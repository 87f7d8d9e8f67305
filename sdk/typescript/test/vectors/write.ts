import { mkdirSync, writeFileSync } from "node:fs";
import { folder, make } from "./file.js";

mkdirSync(folder, { recursive: true });
writeFileSync(new URL("messages.json", folder), await make());
