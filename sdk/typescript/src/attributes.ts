import type { ChainSpaceClient } from "./client.js";
import { presentCredential, proveRequest } from "./credentials.js";
import type { Hex } from "./hex.js";
import type { TextSigner } from "./keys.js";
import type { AdmissionView, PresentationView } from "./people-views.js";
import type { Page } from "./views.js";

/**
 * What one account says to a node beside the journal: attributes it shows or takes back, and requests to be admitted to polls.
 * Each call signs a nonce of the node's, so nothing can be sent twice.
 */
export class AttributeSession {
  readonly account: Hex;

  /**
   * @param space id of the space in which the account has registered.
   * @param account for which a session key with the scope `account` speaks; the key's own account where left out.
   */
  constructor(readonly client: ChainSpaceClient, readonly space: Hex, readonly key: TextSigner, account?: Hex) {
    this.account = account ?? key.account;
  }

  /** Shows these attributes of a credential that the key holds, in place of what its issuer stated before. */
  async show(credential: string, names: readonly string[], isPublished = false): Promise<PresentationView> {
    const to = await this.client.challenge(this.space);
    const presentation = await presentCredential(credential, names, this.key, to);
    return this.client.showAttributes(this.space, this.account, presentation, isPublished);
  }

  /** All that the node keeps of what the account has shown. */
  async kept(): Promise<Page<PresentationView>> {
    const proof = await this.prove("GET", this.client.attributesPath(this.space, this.account));
    return this.client.attributes(this.space, this.account, proof);
  }

  /** Has the node forget all of it. */
  async forget(): Promise<void> {
    const proof = await this.prove("DELETE", this.client.attributesPath(this.space, this.account));
    return this.client.forgetAttributes(this.space, this.account, proof);
  }

  /** Asks to be admitted to a poll with a filter, by what the node has been shown and what is public. */
  async apply(poll: Hex): Promise<AdmissionView> {
    const proof = await this.prove("POST", this.client.admissionsPath(this.space, poll));
    return this.client.apply(this.space, poll, this.account, proof);
  }

  private async prove(method: string, path: string): Promise<string> {
    return proveRequest(this.key, { method, path }, await this.client.challenge(this.space));
  }
}
