/** The ids of the session's documents: SHA-256 of their texts. */
import { SIGN_IN, SIGN_OUT, TOKEN_REFRESH } from "./documents.js";

export const ID_OF: ReadonlyMap<string, string> = new Map([
  [SIGN_IN, "sha256:262839db112246a8641a645cfbd2b8c0f4efdcfe6b2e1f952cce75bbd801cd3f"],
  [SIGN_OUT, "sha256:4f36d5e5505620a2bdf7eaef1b5ce49f2e5e2a28ffaae40955bf864491eab326"],
  [TOKEN_REFRESH, "sha256:80fb35b3df030ba2220123b6405266e8e78a063f398a568b816528ec54f76901"],
]);
