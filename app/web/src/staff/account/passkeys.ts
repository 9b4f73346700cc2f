/** Passkeys as the browser offers them; options and credentials travel as WebAuthn's own JSON. */
interface Json {
  parseCreationOptionsFromJSON(options: unknown): PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON(options: unknown): PublicKeyCredentialRequestOptions;
}

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

const json = (): Json => PublicKeyCredential as unknown as Json;
const inner = (options: unknown): unknown => (typeof options === 'object' && options !== null && 'publicKey' in options ? options.publicKey : options);

/** Makes a passkey; null where the person thought better of it. */
export async function createPasskey(options: unknown): Promise<unknown> {
  return settled(navigator.credentials.create({ publicKey: json().parseCreationOptionsFromJSON(inner(options)) }));
}

/** Signs with a passkey; null where none was chosen. */
export async function usePasskey(options: unknown): Promise<unknown> {
  return settled(navigator.credentials.get({ publicKey: json().parseRequestOptionsFromJSON(inner(options)) }));
}

async function settled(asking: Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await asking;
    return credential ? (credential as PublicKeyCredential).toJSON() : null;
  } catch (cause) {
    // refused, timed out, or already there
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}
