import { mkdirSync, writeFileSync } from "node:fs";
import { makeAnswers } from "./answers.js";
import { makeCredentials } from "./credentials.js";
import { folder, make } from "./file.js";

mkdirSync(folder, { recursive: true });
writeFileSync(new URL("messages.json", folder), await make());
writeFileSync(new URL("answers.json", folder), makeAnswers());
writeFileSync(new URL("credentials.json", folder), await makeCredentials());
