import { type Hex, random, toHex } from "./hex.js";
import { commitmentOf, type Domain, type Opening } from "./typed-data.js";

/**
 * What a gold item's `gold` holds: the commitment of its requester to the known answer, which stands for the item by its
 * `content`, for at that time it has no id. {@link Session.postGold} makes it of the poll it posts.
 */
export function goldOf(domain: Domain, content: Hex, requester: Hex, answer: Opening): Hex {
  return commitmentOf(domain, content, requester, answer);
}

/** Looks like a commitment and is none: the `gold` of every poll among which gold items are to hide. */
export function likeGold(): Hex {
  return toHex(random(32));
}
