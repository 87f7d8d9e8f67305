export { accountOfAddress, accountOfKey, accountOfWalletKey, isKey, kindOf } from "./accounts.js";
export { type Answer, answerCode, answerHash, type PackedAnswer, packAnswer } from "./answers.js";
export {
  type Entry, type Envelope, readEntry, readEnvelope, WireFault, type WireFaultKind, writeEntry, writeEnvelope, writeMessage,
} from "./canonical.js";
export { AttributeSession } from "./attributes.js";
export { ChainSpaceClient, isAccepted, type JobQuery, type PageQuery, type PollQuery } from "./client.js";
export {
  type Addressee, attributesOf, type AttributeValue, type CredentialTerms, issueCredential, presentCredential, proveRequest,
} from "./credentials.js";
export { goldOf, likeGold } from "./gold.js";
export { fromHex, type Hex, isHex, toHex } from "./hex.js";
export { forgetKey, storedKey } from "./key-store.js";
export { BrowserWallet, DeviceKey, publicKeyOf, type Signer, type TextSigner, WalletKey, type WalletProvider } from "./keys.js";
export { type Head, leafHash, verifyConsistency, verifyInclusion } from "./merkle.js";
export { type Body, type Field, fieldsOf, type Message, messageFields, type MessageOf, type MessageType } from "./messages.js";
export { type Checkpoint, type NoteKey, openCheckpoint, openNote, readNoteKey } from "./note.js";
export { Problem } from "./problem.js";
export { type Link, type ProvenEntry, type Receipt, type Verification, verifyReceipt } from "./receipt.js";
export type { RequestOptions } from "./requests.js";
export { type Ballot, openingOf, seal, type SealedChoice, unseal } from "./sealing.js";
export { type CastVote, contentOf, type Count, type NewDelegation, type NewPoll, Session } from "./session.js";
export { SubmittedWork } from "./submitted-work.js";
export { checkSignature, type SignatureAnswer } from "./signatures.js";
export {
  commitmentOf, digestOf, type Domain, domainOf, type Opening, spaceOf, type TypedData, typedDataOf, typeOf,
} from "./typed-data.js";
export type * from "./people-views.js";
export type * from "./quote-views.js";
export type * from "./task-views.js";
export type * from "./views.js";
