// Made from the command table by `cargo xtask types`. Do not edit.

/**
 * One access item.
 */
export type AccessArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Access item.
 */
access: string, };

/**
 * A filter.
 */
export type AccessFilter = { 
/**
 * By what.
 */
by: AccessFilterBy, 
/**
 * `HIGH`, `MEDIUM`, `LOW`, or text for name and label.
 */
value: string, };

/**
 * What Okta can filter access items by; one at a time.
 */
export type AccessFilterBy = "priority" | "sodConflict" | "assignmentMethod" | "pastDecisions" | "usageHistory" | "name" | "label";

/**
 * What access items are ordered by; Okta knows no more.
 */
export type AccessOrder = "priority" | "lastAccess" | "accessFrequency";

/**
 * One access item.
 */
export type AccessRow = { 
/**
 * Id; the same one in every page and event.
 */
id: string, 
/**
 * As Okta says it: `APPLICATION` or anything new.
 */
kind: string, 
/**
 * Name.
 */
name: string, 
/**
 * Id of the app.
 */
resourceId: string | null, 
/**
 * The app's own name in Okta, when it is another than the label.
 */
appName: string | null, 
/**
 * As Okta says it: `HIGH`, `MEDIUM`, `LOW` or anything new.
 */
severity: string, 
/**
 * 3 for high, 2, 1, and 0 for a word Gatehouse does not know.
 */
rank: number, 
/**
 * What can be decided; nothing else may be offered.
 */
actions: Array<ItemAction>, 
/**
 * As Okta says it: `NONE`, `IN_PROGRESS`, `REMEDIATED`, `PENDING_MANUAL_REMEDIATION`, `PENDING_MANUAL_RESTORATION` or
 * anything new.
 */
remediation: string, 
/**
 * What that means, in words; empty for `NONE`.
 */
remediationWords: string, 
/**
 * Why it is manual work.
 */
manual: Array<ManualReason>, 
/**
 * Last use.
 */
lastAccess: string | null, 
/**
 * When it was assigned.
 */
assigned: string | null, 
/**
 * As Okta says it: `GROUP`, `INDIVIDUAL` and so on.
 */
assignment: string | null, 
/**
 * How it was assigned, in words.
 */
assignmentWords: string | null, 
/**
 * Uses in 90 days.
 */
usage: number | null, 
/**
 * Last time an access certification looked at it.
 */
lastCertified: string | null, 
/**
 * Last time a security access review looked at it.
 */
lastReviewed: string | null, 
/**
 * Device of the last use.
 */
lastDevice: string | null, 
/**
 * Entitlements in force.
 */
entitlements: Array<NamedView>, 
/**
 * Governance labels.
 */
labels: Array<LabelView>, 
/**
 * A summary Okta has kept.
 */
summary: string | null, 
/**
 * Kinds of what lies below, as Okta says them; empty when nothing does.
 */
below: Array<string>, };

/**
 * The access items of a review.
 */
export type AccessesArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Ordered by.
 */
order: AccessOrder, 
/**
 * Downwards.
 */
descending: boolean, 
/**
 * Only these.
 */
filter?: AccessFilter | null, 
/**
 * Read from Okta again instead of what this session knows.
 */
refresh: boolean, };

/**
 * What is known of the items now; more rows follow as `Event::Accesses`.
 */
export type AccessesSnapshot = { 
/**
 * Number of this listing; events of another one are stale.
 */
generation: number, 
/**
 * Rows so far.
 */
rows: Array<AccessRow>, 
/**
 * Every page has been read.
 */
done: boolean, 
/**
 * Why it stopped early, or what is odd about it.
 */
problem: Problem | null, };

/**
 * An address as typed.
 */
export type AddressArgs = { 
/**
 * Any pasted form of an org's address.
 */
address: string, };

/**
 * Whether Okta writes summaries here.
 */
export type AiState = "on" | "off" | "unknown";

/**
 * Something unusual about an item.
 */
export type AnomalyView = { 
/**
 * As Okta says it: `SOD_CONFLICT`, `ASSIGNMENT_METHOD`, `PAST_GOVERNANCE_DECISIONS`, `USAGE_HISTORY` or anything new.
 */
kind: string, 
/**
 * What that is, as a heading.
 */
title: string, 
/**
 * Severity as Okta says it.
 */
severity: string, 
/**
 * As in [`AccessRow::rank`].
 */
rank: number, 
/**
 * Okta's sentence, its places filled.
 */
text: string, 
/**
 * Conflicts of duties.
 */
conflicts: Array<ConflictView>, };

/**
 * One app.
 */
export type AppArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, };

/**
 * What the last look at one app said.
 */
export type AppChecked = { 
/**
 * Connection status.
 */
status: ConnectionStatus, 
/**
 * How it authenticates, when set.
 */
scheme: Scheme | null, 
/**
 * To App at a glance.
 */
toApp: FeatureGlance, 
/**
 * To Okta at a glance.
 */
toOkta: FeatureGlance, 
/**
 * Saved, consent not given yet.
 */
needsConsent: boolean, 
/**
 * When it was looked at.
 */
at: string, 
/**
 * Why it could not be read.
 */
problem: Problem | null, };

/**
 * Everything the connection page needs.
 */
export type AppDetail = { 
/**
 * The row of the list.
 */
row: AppRow, 
/**
 * The catalog entry; absent for unsupported apps.
 */
catalog: CatalogView | null, 
/**
 * The connection as Okta has it; absent when it could not be read.
 */
connection: ConnectionView | null, 
/**
 * The connection work.
 */
connect: ConnectView, 
/**
 * Number of users assigned to the app, when known (up to 200 are counted; `200` means 200 or more).
 */
assigned: number | null, 
/**
 * Why the connection could not be read.
 */
problem: Problem | null, };

/**
 * One row of the connections list.
 */
export type AppRow = { 
/**
 * App instance id.
 */
id: string, 
/**
 * Okta's app key, such as `google`.
 */
name: string, 
/**
 * Label given in the org.
 */
label: string, 
/**
 * Lifecycle status as Okta says it (`ACTIVE`, `INACTIVE`, or anything new).
 */
status: string, 
/**
 * Sign-on mode as Okta says it.
 */
signOnMode: string | null, 
/**
 * The provisioning API can set it up.
 */
supported: boolean, 
/**
 * Why not, when it can't.
 */
reason: string | null, 
/**
 * What the last look said.
 */
checked: AppChecked | null, 
/**
 * A consent is waiting for this app.
 */
waiting: boolean, };

/**
 * What the window starts from.
 */
export type AppState = { 
/**
 * Version of Gatehouse.
 */
version: string, 
/**
 * Orgs, in rail order.
 */
orgs: Array<OrgView>, 
/**
 * Key of the current org.
 */
current: string | null, 
/**
 * Settings.
 */
settings: Settings, 
/**
 * Consents waiting, over all orgs.
 */
pending: Array<PendingConsent>, 
/**
 * Things to tell once, such as a mended state file.
 */
notices: Array<string>, 
/**
 * The app was started with the practice org asked for.
 */
practiceOnStart: boolean, };

/**
 * What came of it all.
 */
export type ApplyReport = { 
/**
 * Per half that was sent.
 */
halves: Array<HalfResult>, 
/**
 * What Okta has now.
 */
now: FeaturesView, };

/**
 * The list of an org's apps.
 */
export type AppsArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Read from Okta again instead of what this session knows.
 */
refresh: boolean, };

/**
 * What is known of an org's apps now; more rows follow as `Event::Apps`.
 */
export type AppsSnapshot = { 
/**
 * Number of this listing; events of another generation are stale.
 */
generation: number, 
/**
 * Rows so far, in Okta's order.
 */
rows: Array<AppRow>, 
/**
 * Every page has been read.
 */
done: boolean, 
/**
 * Why the listing stopped early.
 */
problem: Problem | null, };

/**
 * One call as it will be sent. The credential is always a placeholder.
 */
export type CallPreview = { 
/**
 * Method.
 */
method: string, 
/**
 * Path with query.
 */
path: string, 
/**
 * Pretty JSON body; empty for none.
 */
body: string, 
/**
 * The same as curl, the token a placeholder.
 */
curl: string, };

/**
 * One call made to Okta: template path, never a query value or a body.
 */
export type CallRow = { 
/**
 * When.
 */
at: string, 
/**
 * Org key.
 */
org: string, 
/**
 * Method.
 */
method: string, 
/**
 * Path template, such as `/api/v1/apps/{appId}/features`.
 */
path: string, 
/**
 * HTTP status; absent when there was no answer.
 */
status: number | null, 
/**
 * `X-Okta-Request-Id`.
 */
requestId: string | null, 
/**
 * Duration in milliseconds.
 */
ms: number, 
/**
 * Requests left in this rate-limit window.
 */
remaining: number | null, 
/**
 * The window's limit.
 */
limit: number | null, };

/**
 * A provisioning app of the catalog.
 */
export type CatalogView = { 
/**
 * Okta's app key.
 */
name: string, 
/**
 * Product name, such as “Google Workspace”.
 */
title: string, 
/**
 * Whose sign-in page the consent is on, such as “Google”.
 */
provider: string, 
/**
 * Which account to sign in with at the provider.
 */
accountHint: string, 
/**
 * What usually goes wrong, one sentence each.
 */
blockers: Array<string>, 
/**
 * Ways to authenticate; the first is the one to offer.
 */
schemes: Array<SchemeView>, 
/**
 * Has To App.
 */
toApp: boolean, 
/**
 * Has To Okta.
 */
toOkta: boolean, };

/**
 * One field that changes.
 */
export type ChangeView = { 
/**
 * Which half.
 */
half: Half, 
/**
 * Field key of [`ToApp`] or [`ToOkta`].
 */
field: string, 
/**
 * Label in the Admin Console's words.
 */
label: string, 
/**
 * Value now, in words.
 */
before: string, 
/**
 * Value after, in words.
 */
after: string, 
/**
 * What it means for people, where it is risky.
 */
risk: string | null, };

/**
 * One choice of a field.
 */
export type ChoiceView = { 
/**
 * Value sent.
 */
value: string, 
/**
 * What the person reads.
 */
label: string, };

/**
 * Whether Gatehouse looks at the clipboard when its window gets the focus back while a consent is open.
 */
export type ClipboardLook = "ask" | "yes" | "no";

/**
 * What a look at the clipboard came to.
 */
export type ClipboardResult = "taken" | "nothing";

/**
 * A comment.
 */
export type CommentArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * 1 to 1,000 characters.
 */
text: string, };

/**
 * One entitlement that conflicts.
 */
export type ConflictList = { 
/**
 * Name of the list.
 */
name: string, 
/**
 * “any one of” or “all of”, or Okta's own word.
 */
scope: string, 
/**
 * “Entitlement: value”, those that the person really has marked by `here`.
 */
values: Array<ConflictValue>, };

/**
 * One value of a conflicting entitlement.
 */
export type ConflictValue = { 
/**
 * “Entitlement: value”.
 */
name: string, 
/**
 * It is a source of the conflict.
 */
here: boolean, };

/**
 * A conflict of duties.
 */
export type ConflictView = { 
/**
 * Name of the rule.
 */
name: string, 
/**
 * Description.
 */
about: string | null, 
/**
 * Lists that must not come together.
 */
lists: Array<ConflictList>, };

/**
 * What the connection form holds. Secrets are sent once and never come back.
 */
export type ConnectFields = { 
/**
 * Base URL (Zscaler).
 */
baseUrl?: string, 
/**
 * Token (Zscaler, Org2Org).
 */
token?: string, 
/**
 * Client id of the service app in the hub org (Org2Org).
 */
clientId?: string, 
/**
 * `AUTO` or `MANUAL` (Org2Org).
 */
rotationMode?: string, 
/**
 * Microsoft admin user name (Office 365).
 */
adminUsername?: string, 
/**
 * Microsoft admin password (Office 365).
 */
adminPassword?: string, };

/**
 * A connection to save.
 */
export type ConnectStartArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * How to authenticate.
 */
scheme: Scheme, 
/**
 * The form.
 */
fields: ConnectFields, 
/**
 * Activate by itself when authorized.
 */
autoActivate: boolean, };

/**
 * The connection work of one app: sent on every change.
 */
export type ConnectView = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * App label.
 */
label: string, 
/**
 * Where it stands.
 */
stage: Stage, 
/**
 * Scheme in use.
 */
scheme: Scheme | null, 
/**
 * The live checklist.
 */
steps: Array<StepView>, 
/**
 * Host of the consent page, when waiting for consent.
 */
consentHost: string | null, 
/**
 * The host is not one this app is known to use: show a warning.
 */
consentHostUnknown: boolean, 
/**
 * When the browser was opened.
 */
openedAt: string | null, 
/**
 * The browser could not be opened: show the link to copy.
 */
browserFailed: boolean, 
/**
 * What stopped it.
 */
problem: Problem | null, 
/**
 * Activate by itself after consent.
 */
autoActivate: boolean, };

/**
 * A connection's status as Okta says it.
 */
export type ConnectionStatus = "enabled" | "disabled" | "unknown";

/**
 * The connection as Okta has it.
 */
export type ConnectionView = { 
/**
 * Status.
 */
status: ConnectionStatus, 
/**
 * Scheme, when set.
 */
scheme: Scheme | null, 
/**
 * Base URL, where Okta shows one.
 */
baseUrl: string | null, 
/**
 * Client id (Org2Org).
 */
clientId: string | null, 
/**
 * `AUTO` or `MANUAL` (Org2Org).
 */
rotationMode: string | null, 
/**
 * Okta offers an authorize link: consent is possible.
 */
consentOffered: boolean, 
/**
 * When it was read.
 */
readAt: string, 
/**
 * What Okta answered, pretty JSON with the authorize link's query taken out.
 */
raw: string, };

/**
 * What came back from consent, on the clipboard.
 */
export type ConsentClipboardArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * Asked for by a click; without it anything that is no consent answer is passed over silently.
 */
asked: boolean, };

/**
 * The consent link, to copy where no browser opens.
 */
export type ConsentLink = { 
/**
 * The link.
 */
url: string, 
/**
 * Its host.
 */
host: string, 
/**
 * It was put on the clipboard.
 */
copied: boolean, };

/**
 * What came back from consent.
 */
export type ConsentTextArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * Pasted, typed or dropped text.
 */
text: string, };

/**
 * Text for the clipboard, such as a client id or a receipt.
 */
export type CopyArgs = { 
/**
 * The text.
 */
text: string, };

/**
 * One credential of an org.
 */
export type CredentialArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which.
 */
kind: CredentialKind, };

/**
 * How Gatehouse proves itself to an org.
 */
export type CredentialKind = "serviceApp" | "signIn" | "apiToken";

/**
 * A credential to take away.
 */
export type CredentialRemoveArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which.
 */
kind: CredentialKind, 
/**
 * Ask Okta to make it invalid first: revokes a sign-in's tokens, or the API token itself. A service app's key
 * is only deleted here; Okta keeps the public half.
 */
revoke: boolean, };

/**
 * One credential Gatehouse holds for an org; at most one of a kind.
 */
export type CredentialView = { 
/**
 * Which kind.
 */
kind: CredentialKind, 
/**
 * Where its secret is.
 */
place: SecretPlace, 
/**
 * Client id of the app behind it; none for an API token.
 */
clientId: string | null, 
/**
 * The service app's label, or the login of the person who signed in or owns the token, when known.
 */
who: string | null, 
/**
 * The service app's key.
 */
alg: KeyAlg | null, 
/**
 * Its key id.
 */
kid: string | null, 
/**
 * Access tokens are bound to a key (DPoP); absent until the first one came.
 */
dpop: boolean | null, 
/**
 * Okta API scopes the last access token had.
 */
scopes: Array<string>, 
/**
 * When Gatehouse got it (RFC 3339).
 */
created: string | null, 
/**
 * When a call last succeeded with it (RFC 3339).
 */
lastUsed: string | null, 
/**
 * When it ends if nothing happens (RFC 3339): an API token's `expiresAt` as last read from Okta.
 */
expires: string | null, 
/**
 * From where an API token may be used, in words, as last read from Okta.
 */
network: string | null, };

/**
 * Everything about how Gatehouse signs in to one org. Reading it asks Okta nothing.
 */
export type CredentialsView = { 
/**
 * Org key.
 */
org: string, 
/**
 * The one Gatehouse uses; none while the org was added without signing in.
 */
active: CredentialKind | null, 
/**
 * All that are held.
 */
items: Array<CredentialView>, 
/**
 * A key waiting to be registered.
 */
key: KeyView | null, 
/**
 * A credential that could set a service app up, an admin's: a sign-in before an API token.
 */
admin: CredentialKind | null, 
/**
 * Addresses a sign-in app must have as sign-in redirect URIs, exactly.
 */
redirectUris: Array<string>, 
/**
 * Scopes to choose from.
 */
scopes: Array<ScopeView>, 
/**
 * Client id of the sign-in app: what was used last here, or the practice org's own.
 */
signInClient: string | null, 
/**
 * A sign-in under way.
 */
signIn: SignInView | null, 
/**
 * A service app being set up, or how the last set-up of this run ended.
 */
setup: SetupView | null, };

/**
 * A decision.
 */
export type DecisionArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Access item.
 */
access: string, 
/**
 * Sub-access.
 */
sub?: string | null, 
/**
 * One that the item offers.
 */
action: string, };

/**
 * What a decision would mean: shown before a revoke.
 */
export type DecisionFacts = { 
/**
 * Access item.
 */
access: string, 
/**
 * Sub-access.
 */
sub: string | null, 
/**
 * What it is about.
 */
item: string, 
/**
 * The action.
 */
action: string, 
/**
 * In words.
 */
label: string, 
/**
 * Okta does it itself; otherwise it is work for a person.
 */
automatic: boolean, 
/**
 * What happens, in a sentence.
 */
outcome: string, 
/**
 * Things below it; absent when they could not be counted.
 */
below: number | null, 
/**
 * Facts.
 */
facts: Array<FactView>, 
/**
 * Why it is manual work.
 */
manual: Array<ManualReason>, };

/**
 * One decision that was made.
 */
export type DecisionIdArgs = { 
/**
 * Its number.
 */
id: number, };

/**
 * Where a decision stands.
 */
export type DecisionState = "waiting" | "sending" | "following" | "settled" | "undone" | "failed" | "unknown";

/**
 * One decision. Sent as `Event::Decision` whenever it moves.
 */
export type DecisionView = { 
/**
 * Number of the decision, for undo.
 */
id: number, 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Review name.
 */
reviewName: string, 
/**
 * Access item.
 */
access: string, 
/**
 * Sub-access, when it is about one.
 */
sub: string | null, 
/**
 * Name of the item.
 */
item: string, 
/**
 * As Okta says it, such as `REVOKE_ACCESS`.
 */
action: string, 
/**
 * In words, such as “Revoke access”.
 */
label: string, 
/**
 * Where it stands.
 */
state: DecisionState, 
/**
 * When it is sent (while waiting).
 */
sendAt: string | null, 
/**
 * Length of the delay in milliseconds, for a countdown.
 */
delayMs: number, 
/**
 * The item's remediation status as last read.
 */
remediation: string | null, 
/**
 * In words.
 */
remediationWords: string | null, 
/**
 * What takes it back after it was sent, such as `RESTORE_ACCESS`, while Okta offers it.
 */
inverse: string | null, 
/**
 * Why it failed.
 */
problem: Problem | null, };

/**
 * Row height.
 */
export type Density = "compact" | "normal" | "roomy";

/**
 * What the set-up doctor is to see to.
 */
export type DoctorArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Who is to manage reviews.
 */
target: DoctorFor, 
/**
 * The person's id, for [`DoctorFor::Person`].
 */
person?: string | null, 
/**
 * Label of the custom role; empty for “Security access reviews”.
 */
roleLabel: string, 
/**
 * Label of the resource set; empty for “Security access reviews: all users”.
 */
setLabel: string, 
/**
 * Label of the service app that is made where Gatehouse has none; empty for “Gatehouse access reviews”.
 */
appLabel: string, };

/**
 * Who is to manage security access reviews.
 */
export type DoctorFor = "serviceApp" | "me" | "person";

/**
 * Nothing to say but that it is done.
 */
export type Done = Record<symbol, never>;

/**
 * An end date to choose.
 */
export type EndPreset = { 
/**
 * Days from now.
 */
days: number, 
/**
 * Such as “7 days”.
 */
label: string, 
/**
 * When that is.
 */
endTime: string, 
/**
 * Okta's own default.
 */
default: boolean, };

/**
 * One operation.
 */
export type EndpointView = { 
/**
 * Okta's operation id.
 */
id: string, 
/**
 * Which part of Okta's API, such as “Security access reviews”.
 */
group: string, 
/**
 * Method.
 */
method: string, 
/**
 * Path template.
 */
path: string, 
/**
 * OAuth 2.0 scope; absent for what needs no credential.
 */
scope: string | null, 
/**
 * Okta lists OAuth 2.0 alone: an API token will not do.
 */
oauthOnly: boolean, 
/**
 * It changes something.
 */
writes: boolean, 
/**
 * What it does, as a phrase.
 */
purpose: string, 
/**
 * Query parameters in an example, such as `limit=20`.
 */
query: string | null, 
/**
 * Example body as pretty JSON or a form; absent where none is sent.
 */
request: string | null, 
/**
 * Status on success.
 */
status: number, 
/**
 * Example answer as pretty JSON; absent where the answer is empty.
 */
answer: string | null, 
/**
 * What to know, in a sentence.
 */
note: string | null, 
/**
 * As a curl command, secrets and ids as placeholders.
 */
curl: string, };

/**
 * One event.
 */
export type Event = { "kind": "apps", 
/**
 * Org key.
 */
org: string, 
/**
 * Which listing.
 */
generation: number, 
/**
 * New rows.
 */
rows: Array<AppRow>, 
/**
 * That was all.
 */
done: boolean, 
/**
 * Why it stopped early.
 */
problem: Problem | null, } | { "kind": "checked", 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * What was seen.
 */
checked: AppChecked, } | { "kind": "connect", 
/**
 * Where it stands.
 */
view: ConnectView, } | { "kind": "pending", 
/**
 * All of them.
 */
pending: Array<PendingConsent>, } | { "kind": "signIn", 
/**
 * Where it stands.
 */
view: SignInView, } | { "kind": "setup", 
/**
 * Where it stands.
 */
view: SetupView, } | { "kind": "locked", 
/**
 * Because nobody used Gatehouse for this many minutes; absent when the person asked for it.
 */
idleMinutes: number | null, 
/**
 * Keys of orgs whose credential was in memory only and has to be given again.
 */
lost: Array<string>, } | { "kind": "orgs", 
/**
 * All of them.
 */
orgs: Array<OrgView>, 
/**
 * The current one.
 */
current: string | null, } | { "kind": "call", 
/**
 * The call.
 */
call: CallRow, } | { "kind": "waiting", 
/**
 * Org key.
 */
org: string, 
/**
 * Why, in words.
 */
what: string, 
/**
 * Until when (RFC 3339); absent when the wait is over.
 */
until: string | null, } | { "kind": "reviews", 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Which tab.
 */
tab: ReviewTab, 
/**
 * Which listing.
 */
generation: number, 
/**
 * New rows.
 */
rows: Array<ReviewRow>, 
/**
 * That was all.
 */
done: boolean, 
/**
 * Why it stopped early, or what is odd.
 */
problem: Problem | null, } | { "kind": "review", 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * As it is.
 */
review: ReviewRow, } | { "kind": "accesses", 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Which listing.
 */
generation: number, 
/**
 * New rows.
 */
rows: Array<AccessRow>, 
/**
 * That was all.
 */
done: boolean, 
/**
 * Why it stopped early, or what is odd.
 */
problem: Problem | null, } | { "kind": "items", 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Access items.
 */
accesses: Array<AccessRow>, 
/**
 * Access item the sub-accesses are below.
 */
parent: string | null, 
/**
 * Sub-accesses.
 */
subs: Array<SubAccessRow>, } | { "kind": "decision", 
/**
 * Where it stands.
 */
view: DecisionView, } | { "kind": "launch", 
/**
 * Where it stands.
 */
view: LaunchView, } | { "kind": "incident", 
/**
 * Org key.
 */
org: string, 
/**
 * Where it stands.
 */
head: IncidentHead | null, 
/**
 * Rows that changed.
 */
rows: Array<IncidentRow>, } | { "kind": "doctor", 
/**
 * Where it stands.
 */
view: SetupView, } | { "kind": "evidence", 
/**
 * Where it stands.
 */
view: EvidenceView, } | { "kind": "changed", 
/**
 * What.
 */
topic: Topic, 
/**
 * Org key, when it is about one org.
 */
org: string | null, 
/**
 * App id, when it is about one app.
 */
app: string | null, };

/**
 * An evidence pack.
 */
export type EvidenceArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Read the anomalies of every item (one request each); else only of those that were decided or are of high severity.
 */
all: boolean, 
/**
 * Ask Okta's AI for a summary of the review.
 */
summary: boolean, };

/**
 * One file.
 */
export type EvidenceFile = { 
/**
 * Name.
 */
name: string, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * SHA-256 in hex.
 */
sha256: string, };

/**
 * Where it stands.
 */
export type EvidenceState = "choosing" | "gathering" | "done" | "failed" | "cancelled";

/**
 * An evidence pack under way. Sent as `Event::Evidence` whenever it moves.
 */
export type EvidenceView = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review.
 */
review: string, 
/**
 * Where it stands.
 */
state: EvidenceState, 
/**
 * What is being read, in words.
 */
words: string, 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all, as far as known.
 */
of: number, 
/**
 * Where it was saved.
 */
folder: string | null, 
/**
 * The files.
 */
files: Array<EvidenceFile>, 
/**
 * What could not be read, in sentences; the pack says it too.
 */
missing: Array<string>, 
/**
 * Why it failed.
 */
problem: Problem | null, };

/**
 * One fact before a decision.
 */
export type FactView = { 
/**
 * Such as “Assigned”.
 */
label: string, 
/**
 * Such as “by the group Finance, since 3 March 2024”.
 */
value: string, 
/**
 * Worth a second look.
 */
warn: boolean, };

/**
 * A feature at a glance.
 */
export type FeatureGlance = "on" | "off" | "none" | "unread";

/**
 * Wanted features.
 */
export type FeaturesArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * What the editor read when it was opened.
 */
read: FeaturesView, 
/**
 * What the person wants.
 */
wanted: FeaturesWanted, };

/**
 * What would be sent.
 */
export type FeaturesPreview = { 
/**
 * Fields that change; empty when nothing does.
 */
changes: Array<ChangeView>, 
/**
 * The calls.
 */
calls: Array<CallPreview>, 
/**
 * What has to be mended first, each tied to a field.
 */
problems: Array<Problem>, 
/**
 * What can be sent but has no effect as it stands, each tied to a field.
 */
notes: Array<Problem>, 
/**
 * What Okta has changed since the editor read it.
 */
drifted: Array<ChangeView>, };

/**
 * Both features as read from Okta.
 */
export type FeaturesView = { 
/**
 * To App; absent when the app has none or it is not available yet.
 */
toApp: ToApp | null, 
/**
 * Okta's own status of To App.
 */
toAppStatus: string | null, 
/**
 * To Okta; absent when the app has none or it is not available yet.
 */
toOkta: ToOkta | null, 
/**
 * Okta's own status of To Okta.
 */
toOktaStatus: string | null, 
/**
 * When it was read.
 */
readAt: string, };

/**
 * What the person wants; an absent half is left alone.
 */
export type FeaturesWanted = { 
/**
 * To App.
 */
toApp?: ToApp | null, 
/**
 * To Okta.
 */
toOkta?: ToOkta | null, };

/**
 * One entry field of a connection form.
 */
export type FieldView = { 
/**
 * Key in [`super::connect::ConnectFields`]: `baseUrl`, `token`, `clientId`, `rotationMode`, `adminUsername`, `adminPassword`.
 */
key: string, 
/**
 * Label, in the Admin Console's words.
 */
label: string, 
/**
 * Help under the field.
 */
help: string, 
/**
 * Example shown in the empty field.
 */
placeholder: string, 
/**
 * It is a secret: a password field, sent once.
 */
secret: boolean, 
/**
 * It may not be empty.
 */
required: boolean, 
/**
 * Values to choose from; empty for free text.
 */
choices: Array<ChoiceView>, };

/**
 * Something Gatehouse can do about it, at a click.
 */
export type Fix = { 
/**
 * Its key, for `permissions_fix`.
 */
id: string, 
/**
 * What the button says, such as “Grant okta.apps.manage”.
 */
label: string, 
/**
 * What it changes in the org, in a sentence.
 */
about: string, };

/**
 * What happened when an org was forgotten.
 */
export type ForgetReport = { 
/**
 * Number of keychain items deleted.
 */
itemsDeleted: number, 
/**
 * Items that could not be deleted, with the reason.
 */
failed: Array<Problem>, };

/**
 * A group.
 */
export type GroupView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Description.
 */
about: string | null, 
/**
 * As Okta says it: `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`.
 */
kind: string, };

/**
 * Groups that were found, 20 at most.
 */
export type GroupsFound = { 
/**
 * The text this is the answer to.
 */
text: string, 
/**
 * Rows.
 */
rows: Array<GroupView>, 
/**
 * There are more: type on.
 */
more: boolean, };

/**
 * Which half a change belongs to.
 */
export type Half = "toApp" | "toOkta";

/**
 * What came of one half.
 */
export type HalfResult = { 
/**
 * Which half.
 */
half: Half, 
/**
 * Sent and read back as wanted.
 */
applied: Array<ChangeView>, 
/**
 * Sent, but Okta shows another value afterwards.
 */
ignored: Array<ChangeView>, 
/**
 * Why it failed.
 */
problem: Problem | null, 
/**
 * Okta's request id of the write.
 */
requestId: string | null, };

/**
 * Whether one need is met.
 */
export type Have = "yes" | "no" | "unknown" | "notNeeded";

/**
 * A page of history.
 */
export type HistoryArgs = { 
/**
 * Org key; absent for all.
 */
org?: string | null, 
/**
 * Rows before this id.
 */
before?: number, };

/**
 * One write.
 */
export type HistoryRow = { 
/**
 * Row number.
 */
id: number, 
/**
 * When.
 */
at: string, 
/**
 * Org key.
 */
org: string, 
/**
 * Org name.
 */
orgName: string, 
/**
 * App id.
 */
app: string | null, 
/**
 * App label.
 */
appLabel: string | null, 
/**
 * What was done, in words.
 */
action: string, 
/**
 * Method and path template.
 */
call: string, 
/**
 * HTTP status, when there was an answer.
 */
status: number | null, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * What Okta had before, pretty JSON.
 */
before: string | null, 
/**
 * What Okta has after, pretty JSON.
 */
after: string | null, 
/**
 * `X-Okta-Request-Id`.
 */
requestId: string | null, 
/**
 * Duration in milliseconds.
 */
ms: number, 
/**
 * Okta's words on a refusal.
 */
note: string | null, };

/**
 * People to launch reviews for.
 */
export type IncidentArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Names, logins, e-mail addresses or ids, one a line or with commas; 200 at most.
 */
text: string, 
/**
 * A group whose members are added, by id.
 */
group?: string | null, 
/**
 * Who reviews, by id.
 */
reviewers: Array<string>, 
/**
 * Name template.
 */
template: string, 
/**
 * When all of them end (RFC 3339).
 */
endTime: string, };

/**
 * What all reviews of an incident have in common.
 */
export type IncidentChangeArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Who reviews, by id.
 */
reviewers: Array<string>, 
/**
 * Name template.
 */
template: string, 
/**
 * When all of them end (RFC 3339).
 */
endTime: string, };

/**
 * The whole without its rows.
 */
export type IncidentHead = { 
/**
 * Org key.
 */
org: string, 
/**
 * Where it stands.
 */
state: IncidentState, 
/**
 * Name template.
 */
template: string, 
/**
 * Who reviews.
 */
reviewers: Array<PersonView>, 
/**
 * When all of them end.
 */
endTime: string, 
/**
 * When it was begun.
 */
at: string, 
/**
 * Rows in all.
 */
total: number, 
/**
 * Ready to be launched.
 */
ready: number, 
/**
 * Launched or found.
 */
launched: number, 
/**
 * Failed or unknown.
 */
failed: number, 
/**
 * To be looked at before it can be launched: ambiguous, not found, barred.
 */
open: number, 
/**
 * When it will be through at the pace Okta allows; while running.
 */
eta: string | null, 
/**
 * What is wrong with reviewers, template or end, before it is started.
 */
problems: Array<Problem>, 
/**
 * What is going on, in a sentence.
 */
words: string, };

/**
 * One row.
 */
export type IncidentRow = { 
/**
 * Number, from 1.
 */
id: number, 
/**
 * What was pasted.
 */
text: string, 
/**
 * Where it stands.
 */
state: IncidentRowState, 
/**
 * Who it is.
 */
person: PersonView | null, 
/**
 * Who it could be.
 */
candidates: Array<PersonView>, 
/**
 * Name of the review that is or will be launched.
 */
name: string | null, 
/**
 * The review, once launched.
 */
review: string | null, 
/**
 * Why it stands there, in a sentence.
 */
note: string | null, 
/**
 * Why it failed.
 */
problem: Problem | null, };

/**
 * Somebody chosen for an ambiguous row.
 */
export type IncidentRowArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Number of the row.
 */
row: number, 
/**
 * The person's id; absent to leave the row out.
 */
person?: string | null, };

/**
 * Where one row stands.
 */
export type IncidentRowState = "unresolved" | "ambiguous" | "notFound" | "barred" | "ready" | "sending" | "launched" | "found" | "failed" | "unknown" | "skipped";

/**
 * Where the whole stands.
 */
export type IncidentState = "resolving" | "ready" | "running" | "paused" | "done" | "cancelled";

/**
 * The whole.
 */
export type IncidentView = { 
/**
 * What it is about.
 */
head: IncidentHead, 
/**
 * Its rows.
 */
rows: Array<IncidentRow>, };

/**
 * An action an item offers.
 */
export type ItemAction = { 
/**
 * As Okta says it: `REVOKE_ACCESS`, `RESTORE_ACCESS`, `FLAG_FOR_MANUAL_REMEDIATION`, `FLAG_FOR_MANUAL_RESTORATION`
 * or anything new.
 */
action: string, 
/**
 * What the button says.
 */
label: string, 
/**
 * Gatehouse knows it and can send it.
 */
known: boolean, };

/**
 * What a keychain item is.
 */
export type ItemKind = "apiToken" | "serviceKey" | "newKey" | "refreshToken" | "signInKey";

/**
 * One job.
 */
export type JobCheck = { 
/**
 * Its key.
 */
id: string, 
/**
 * What it is, such as “Set up provisioning connections”.
 */
title: string, 
/**
 * How sure.
 */
state: JobState, 
/**
 * Okta API scope.
 */
scope: Need, 
/**
 * Admin role.
 */
role: Need, 
/**
 * Licence or feature.
 */
licence: Need, 
/**
 * What was seen, in a sentence.
 */
proof: string, 
/**
 * What Gatehouse can do about it.
 */
fix: Fix | null, 
/**
 * What else can be done: text for the super admin, another way to sign in.
 */
next: Array<NextStep>, };

/**
 * How sure it is that a job can be done.
 */
export type JobState = "proven" | "likely" | "missing" | "unknown" | "notLicensed";

/**
 * Public keys of an Org2Org connection.
 */
export type JwksView = { 
/**
 * Address the hub org fetches the keys from.
 */
url: string, 
/**
 * Number of keys.
 */
count: number, 
/**
 * The key set, pretty JSON; public keys only.
 */
json: string, };

/**
 * What a key signs with.
 */
export type KeyAlg = "ES256" | "RS256";

/**
 * A key to import.
 */
export type KeyImportArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * A private key: PEM (PKCS#8, PKCS#1, SEC 1) or JWK.
 */
text: string, 
/**
 * Its key id in Okta; empty for what the key says itself, or its thumbprint.
 */
kid: string, };

/**
 * A key to make.
 */
export type KeyMakeArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * What it signs with.
 */
alg: KeyAlg, };

/**
 * A key that was made or imported and is not in use yet: its public half is to be registered in Okta.
 */
export type KeyView = { 
/**
 * Key id: the RFC 7638 thumbprint, or what an imported key said.
 */
kid: string, 
/**
 * What it signs with.
 */
alg: KeyAlg, 
/**
 * The public key as JSON, to paste into Okta.
 */
jwk: string, 
/**
 * It was imported, not made here.
 */
imported: boolean, 
/**
 * When (RFC 3339).
 */
at: string, };

/**
 * The keychain and what Gatehouse has in it.
 */
export type KeychainHealth = { 
/**
 * Whether it works.
 */
keychain: KeychainView, 
/**
 * The keychain service all items are under.
 */
service: string, 
/**
 * Whether what is stored survives a restart of the computer; absent when it can't be told.
 */
survives: boolean | null, 
/**
 * Why, in a sentence.
 */
survivesWhy: string, 
/**
 * All items, by org.
 */
items: Array<KeychainItem>, };

/**
 * One secret Gatehouse holds.
 */
export type KeychainItem = { 
/**
 * Org key.
 */
org: string, 
/**
 * What it is.
 */
kind: ItemKind, 
/**
 * Its name in the keychain, to find it in the system's own program.
 */
name: string, 
/**
 * Since when (RFC 3339), when known.
 */
created: string | null, 
/**
 * Is it there?
 */
presence: Presence, };

/**
 * The keychain's health.
 */
export type KeychainView = { 
/**
 * Name of the store, such as “Secret Service (GNOME Keyring, KWallet)”.
 */
store: string, 
/**
 * Write, read and delete of a probe item worked.
 */
ok: boolean, 
/**
 * What went wrong.
 */
problem: Problem | null, 
/**
 * When it was tested.
 */
testedAt: string | null, };

/**
 * A label of Okta's governance.
 */
export type LabelView = { 
/**
 * Name, such as “Crown Jewel”.
 */
name: string, 
/**
 * Its values here.
 */
values: Array<string>, };

/**
 * A place in words.
 */
export type LastSignIn = { 
/**
 * When.
 */
at: string | null, 
/**
 * Where, such as “San Francisco, CA, USA”.
 */
place: string | null, 
/**
 * With which device.
 */
device: string | null, 
/**
 * From which address.
 */
ipAddress: string | null, };

/**
 * A review to launch.
 */
export type LaunchArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Who is reviewed, by id.
 */
subject: string, 
/**
 * Who reviews, by id.
 */
reviewers: Array<string>, 
/**
 * Name or template.
 */
name: string, 
/**
 * When it ends (RFC 3339); absent for Okta's own seven days.
 */
endTime?: string | null, };

/**
 * What a launch starts from.
 */
export type LaunchForm = { 
/**
 * Name template, with `{user}` and `{date}`.
 */
template: string, 
/**
 * End dates to choose from.
 */
presets: Array<EndPreset>, 
/**
 * Earliest end Okta takes, by its clock.
 */
earliest: string, 
/**
 * Latest end.
 */
latest: string, 
/**
 * Most reviewers.
 */
mostReviewers: number, 
/**
 * What to know before, in sentences: what the credential can't do, what reviewers get mailed.
 */
notes: Array<string>, 
/**
 * Reviewers of the last launch, to offer again.
 */
lastReviewers: Array<PersonView>, 
/**
 * Launches that are under way or whose end a person has not seen.
 */
launches: Array<LaunchView>, };

/**
 * One launch.
 */
export type LaunchIdArgs = { 
/**
 * Its number.
 */
id: number, };

/**
 * What a launch would do.
 */
export type LaunchPlan = { 
/**
 * What is wrong, tied to `subject`, `reviewers`, `name` or `endTime`; empty when it can be sent.
 */
problems: Array<Problem>, 
/**
 * Worth knowing, but no reason to stop.
 */
warnings: Array<string>, 
/**
 * The name with its places filled.
 */
name: string, 
/**
 * Who is reviewed, as just read.
 */
subject: PersonView | null, 
/**
 * Who reviews, as just read.
 */
reviewers: Array<PersonView>, 
/**
 * When it ends.
 */
endTime: string | null, 
/**
 * The exact request; absent while there are problems.
 */
request: RequestView | null, };

/**
 * Where a launch stands.
 */
export type LaunchState = "sending" | "looking" | "pending" | "active" | "error" | "closed" | "refused" | "notFound" | "unknown";

/**
 * One launch. Sent as `Event::Launch` whenever it moves.
 */
export type LaunchView = { 
/**
 * Number.
 */
id: number, 
/**
 * Org key.
 */
org: string, 
/**
 * Name of the review.
 */
name: string, 
/**
 * Who is reviewed.
 */
subject: string, 
/**
 * Their id.
 */
subjectId: string, 
/**
 * How many review.
 */
reviewers: number, 
/**
 * When it was asked for.
 */
at: string, 
/**
 * Where it stands.
 */
state: LaunchState, 
/**
 * The review, once there is one.
 */
review: string | null, 
/**
 * The answer was lost, and the review was found in Okta's list.
 */
found: boolean, 
/**
 * What is going on, in a sentence.
 */
words: string, 
/**
 * Why it failed.
 */
problem: Problem | null, };

/**
 * Where one line of a set-up stands.
 */
export type LineState = "todo" | "doing" | "done" | "found" | "blocked";

/**
 * Why an item has to be changed by hand.
 */
export type ManualReason = { 
/**
 * As Okta says it: `GROUP_RULE`, `APP_GROUP` and so on.
 */
kind: string, 
/**
 * Why, and where to go, in a sentence or two.
 */
why: string, };

/**
 * Something with a name and perhaps a description.
 */
export type NamedView = { 
/**
 * Name.
 */
name: string, 
/**
 * Description.
 */
about: string | null, };

/**
 * One need of a job.
 */
export type Need = { 
/**
 * What, such as `okta.apps.manage` or “Application Administrator”.
 */
what: string, 
/**
 * Met?
 */
have: Have, };

/**
 * Something a person can do about it: an action the web view turns into a button, not prose.
 */
export type NextStep = { "kind": "retry" } | { "kind": "reopenConsent" } | { "kind": "finishOther", 
/**
 * Org key.
 */
org: string, 
/**
 * App id.
 */
app: string, 
/**
 * The app's label.
 */
label: string, } | { "kind": "replaceToken" } | { "kind": "signIn" } | { "kind": "checkPermissions" } | { "kind": "retryKeychain" } | { "kind": "sessionOnly" } | { "kind": "openAdminConsole" } | { "kind": "setUpConnection" } | { "kind": "activate" } | { "kind": "checkAgain" } | { "kind": "unlock" } | { "kind": "copy", 
/**
 * What the button says.
 */
label: string, 
/**
 * What is copied.
 */
text: string, };

/**
 * No arguments.
 */
export type None = Record<symbol, never>;

/**
 * What Okta said, for support: never a secret, never a URL with a query.
 */
export type OktaError = { 
/**
 * HTTP status.
 */
status: number, 
/**
 * Okta's error code, such as `E0000007`.
 */
errorCode: string | null, 
/**
 * Okta's summary.
 */
summary: string | null, 
/**
 * Okta's causes; often the only specific part.
 */
causes: Array<string>, 
/**
 * `X-Okta-Request-Id`, for Okta support.
 */
requestId: string | null, 
/**
 * `errorId` of the body.
 */
errorId: string | null, 
/**
 * What was asked: method and path template.
 */
call: string | null, };

/**
 * Which page to open.
 */
export type OpenArgs = { 
/**
 * The page.
 */
page: Page, 
/**
 * Org key, for pages of an org.
 */
org?: string | null, 
/**
 * App id, for pages of an app.
 */
app?: string | null, };

/**
 * A new org.
 */
export type OrgAddArgs = { 
/**
 * The origin `org_check` gave.
 */
origin: string, 
/**
 * API token; absent to add the org first and sign in then.
 */
token?: string, 
/**
 * Name to show; empty for the org's company name.
 */
name: string, 
/**
 * Colour name; empty for the next free one.
 */
colour: string, 
/**
 * Keep the token in memory only.
 */
sessionOnly: boolean, 
/**
 * The custom domain was confirmed.
 */
customDomainConfirmed: boolean, };

/**
 * One org.
 */
export type OrgArgs = { 
/**
 * Org key.
 */
org: string, };

/**
 * What an address turned out to be, before any token is sent.
 */
export type OrgCheck = { 
/**
 * The address Gatehouse will use, such as `https://acme.okta.com`.
 */
origin: string, 
/**
 * Host alone.
 */
host: string, 
/**
 * What was changed in what was typed, in words (“took off /admin/dashboard”), empty when nothing.
 */
cleaned: Array<string>, 
/**
 * Okta's org id.
 */
orgId: string, 
/**
 * `true` for Okta Identity Engine, `false` for Classic Engine.
 */
identityEngine: boolean, 
/**
 * The org's own okta.com address, when a custom domain was typed.
 */
oktaHost: string | null, 
/**
 * The address is a custom domain: it must be confirmed before a token is sent there.
 */
customDomain: boolean, 
/**
 * Production or preview.
 */
tag: OrgTag, 
/**
 * Key of the org if it is in Gatehouse already.
 */
already: string | null, };

/**
 * What kind of org address this is.
 */
export type OrgTag = "production" | "preview" | "practice";

/**
 * A new token for an org.
 */
export type OrgTokenArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * API token.
 */
token: string, 
/**
 * Keep the token in memory only.
 */
sessionOnly: boolean, };

/**
 * What a person can change of an org.
 */
export type OrgUpdateArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Name.
 */
name: string, 
/**
 * Colour name.
 */
colour: string, 
/**
 * Refuse writes.
 */
readOnly: boolean, };

/**
 * One org in the rail.
 */
export type OrgView = { 
/**
 * Stable key used in every command.
 */
key: string, 
/**
 * Name given by the person, or the org's company name.
 */
name: string, 
/**
 * Host, such as `acme.okta.com`.
 */
host: string, 
/**
 * Production, preview or practice.
 */
tag: OrgTag, 
/**
 * One of the colour names `indigo teal amber rose violet slate green orange`.
 */
colour: string, 
/**
 * Gatehouse refuses every write on it.
 */
readOnly: boolean, 
/**
 * How Gatehouse signs in; none while it does not.
 */
credential: CredentialKind | null, 
/**
 * Where its credential is.
 */
secret: SecretPlace, 
/**
 * Okta's org id, when known.
 */
orgId: string | null, 
/**
 * When a call last succeeded.
 */
lastUsed: string | null, };

/**
 * How a write ended.
 */
export type Outcome = "done" | "refused" | "notApplied" | "unknown";

/**
 * A page Gatehouse may open in the browser. Closed, so that the web view can't name an address.
 */
export type Page = "provisioningGuide" | "tokenGuide" | "connectionsReference" | "systemLog" | "tokenPage" | "appPage";

/**
 * A consent that is waiting, here or since an earlier run.
 */
export type PendingConsent = { 
/**
 * Org key.
 */
org: string, 
/**
 * Org name.
 */
orgName: string, 
/**
 * App id.
 */
app: string, 
/**
 * App key.
 */
name: string, 
/**
 * App label.
 */
label: string, 
/**
 * When the link was opened.
 */
openedAt: string, 
/**
 * Opened in an earlier run of Gatehouse.
 */
earlierRun: boolean, };

/**
 * What is typed in a search box.
 */
export type PeopleArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Part of a name, a login, an e-mail address or an id.
 */
text: string, };

/**
 * What a search found, 20 at most.
 */
export type PeopleFound = { 
/**
 * The text this is the answer to: a later one may have come first.
 */
text: string, 
/**
 * Rows, best first.
 */
rows: Array<PersonView>, 
/**
 * There are more: type on.
 */
more: boolean, 
/**
 * Why somebody may be missing, when nobody was found.
 */
note: string | null, };

/**
 * Something to mend.
 */
export type PermissionFixArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * The fix's key.
 */
fix: string, };

/**
 * The permission check of an org.
 */
export type PermissionsView = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which credential was checked.
 */
credential: CredentialKind, 
/**
 * The service app's label, or the person's login, when known.
 */
who: string | null, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Scopes the access token has; absent for an API token, which has none.
 */
scopes: Array<string> | null, 
/**
 * Admin roles found, in Okta's words; absent when they may not be read.
 */
roles: Array<string> | null, 
/**
 * The jobs.
 */
jobs: Array<JobCheck>, };

/**
 * One person.
 */
export type PersonArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Id or login.
 */
id: string, };

/**
 * Somebody in the org.
 */
export type PersonView = { 
/**
 * Id.
 */
id: string, 
/**
 * First and last name, else the login.
 */
name: string, 
/**
 * Login.
 */
login: string, 
/**
 * E-mail address, when it is another one.
 */
email: string | null, 
/**
 * As Okta says it: `ACTIVE`, `SUSPENDED`, `DEPROVISIONED` and so on.
 */
status: string, 
/**
 * May be the subject of a review.
 */
canBeSubject: boolean, 
/**
 * May be a reviewer.
 */
canReview: boolean, 
/**
 * Why not, or what to know, in a sentence.
 */
note: string | null, };

/**
 * Is an item where it should be?
 */
export type Presence = "present" | "session" | "missing" | "unknown";

/**
 * Who is reviewed.
 */
export type PrincipalView = { 
/**
 * Name, login, status.
 */
profile: ProfileView, 
/**
 * Department.
 */
department: string | null, 
/**
 * Manager.
 */
manager: string | null, 
/**
 * Role at work.
 */
role: string | null, 
/**
 * Home, such as “Austin, TX, USA”.
 */
home: string | null, 
/**
 * Last sign-in.
 */
lastSignIn: LastSignIn | null, 
/**
 * Okta admin roles, by name.
 */
adminRoles: Array<string>, };

/**
 * A failure as a person sees it.
 */
export type Problem = { 
/**
 * What kind.
 */
code: ProblemCode, 
/**
 * One sentence: what is wrong.
 */
title: string, 
/**
 * Why, and what to do.
 */
why: string, 
/**
 * Buttons.
 */
next: Array<NextStep>, 
/**
 * The entry field it belongs to, where there is one.
 */
field: string | null, 
/**
 * What Okta said.
 */
okta: OktaError | null, 
/**
 * When trying again makes sense (RFC 3339).
 */
retryAt: string | null, };

/**
 * What kind of failure this is. Closed: the web view switches on it for icon and placement only.
 */
export type ProblemCode = "badInput" | "badOrgAddress" | "notOkta" | "network" | "tls" | "unexpectedAnswer" | "signInRefused" | "notSignedIn" | "notPermitted" | "notFound" | "rateLimited" | "oktaDown" | "refused" | "notEnabledInOrg" | "outcomeUnknown" | "notApplied" | "unsupported" | "notConnected" | "consentUnreadable" | "consentMismatch" | "consentOther" | "consentDenied" | "consentExpired" | "consentNotWaiting" | "browserNotOpened" | "keychainMissing" | "keychainLocked" | "keychainDenied" | "keychainNoEntry" | "keychainSlow" | "storage" | "readOnly" | "cancelled" | "internal";

/**
 * Somebody as a review shows them.
 */
export type ProfileView = { 
/**
 * Id.
 */
id: string, 
/**
 * First and last name, else login, e-mail or id.
 */
name: string, 
/**
 * Login.
 */
login: string | null, 
/**
 * E-mail address.
 */
email: string | null, 
/**
 * As Okta says it: `ACTIVE`, `INACTIVE` or anything new.
 */
status: string | null, 
/**
 * As Okta says it: `USER`, `CLIENT_APP`, `UNKNOWN` or anything new.
 */
kind: string | null, };

/**
 * A QR code.
 */
export type QrView = { 
/**
 * Rows of `0` (light) and `1` (dark), without a quiet zone.
 */
rows: Array<string>, };

/**
 * What became of a credential that was taken away.
 */
export type RemoveReport = { 
/**
 * It is gone from Gatehouse and the keychain.
 */
removed: boolean, 
/**
 * Okta was asked to make it invalid, and did; absent when that was not asked for.
 */
revoked: boolean | null, 
/**
 * What went wrong.
 */
problems: Array<Problem>, 
/**
 * How things stand now.
 */
credentials: CredentialsView, };

/**
 * A request before it is sent.
 */
export type RequestView = { 
/**
 * Method.
 */
method: string, 
/**
 * Path with its query.
 */
path: string, 
/**
 * Body as pretty JSON.
 */
body: string | null, 
/**
 * As a curl command, every secret a placeholder.
 */
curl: string, };

/**
 * An action on a whole review.
 */
export type ReviewActArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * One that the review offers: `CLOSE_REVIEW`, `RESTORE_ALL_ACCESS`.
 */
action: string, };

/**
 * Something Okta offers to do with the whole review.
 */
export type ReviewAction = { 
/**
 * As Okta says it: `CLOSE_REVIEW`, `RESTORE_ALL_ACCESS` or anything new.
 */
action: string, 
/**
 * What the button says.
 */
label: string, 
/**
 * What it does and what can't be undone, in sentences.
 */
about: string, 
/**
 * Gatehouse knows it and can send it.
 */
known: boolean, };

/**
 * One review.
 */
export type ReviewArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, };

/**
 * An open review.
 */
export type ReviewDetail = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * The review.
 */
review: ReviewRow, 
/**
 * Who is reviewed; absent while pending, or when it may not be read.
 */
principal: PrincipalView | null, 
/**
 * Why the principal could not be read.
 */
principalProblem: Problem | null, 
/**
 * What can be done with the whole review.
 */
actions: Array<ReviewAction>, 
/**
 * Why those could not be read.
 */
actionsProblem: Problem | null, 
/**
 * Whether summaries are on.
 */
ai: AiState, 
/**
 * A summary that Okta has kept with the review.
 */
summary: SummaryView | null, 
/**
 * End date and reviewers may be changed: admin side, not closed.
 */
editable: boolean, 
/**
 * Why nothing can be decided now, in a sentence: pending, closed, in error.
 */
resting: string | null, };

/**
 * A page of a review's history.
 */
export type ReviewHistoryArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Cursor of an earlier page; absent for the first.
 */
after?: string | null, };

/**
 * A page of a review's history, latest first as Okta gives it.
 */
export type ReviewHistoryPage = { 
/**
 * Rows.
 */
rows: Array<ReviewHistoryRow>, 
/**
 * Cursor of the next page; absent on the last.
 */
next: string | null, 
/**
 * What is odd about it.
 */
problem: Problem | null, };

/**
 * One entry of a review's history.
 */
export type ReviewHistoryRow = { 
/**
 * Id; empty when Okta gave none.
 */
id: string, 
/**
 * When.
 */
at: string | null, 
/**
 * What.
 */
message: string, 
/**
 * Okta did it, no person.
 */
system: boolean, 
/**
 * Who.
 */
who: ProfileView | null, };

/**
 * What a list is ordered by.
 */
export type ReviewOrder = "created" | "endTime" | "name" | "status";

/**
 * One row of the list of reviews, also the head of an open one.
 */
export type ReviewRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * As Okta says it: `PENDING`, `ACTIVE`, `CLOSED`, `ERROR` or anything new.
 */
status: string, 
/**
 * When it ends.
 */
endTime: string | null, 
/**
 * When it was launched.
 */
created: string | null, 
/**
 * Who launched it: a name where known, else the id.
 */
createdBy: string | null, 
/**
 * When it was changed last.
 */
lastUpdated: string | null, 
/**
 * Who changed it last: a name where known, else the id.
 */
lastUpdatedBy: string | null, 
/**
 * Who reviews.
 */
reviewers: Array<ProfileView>, 
/**
 * Who is reviewed. Okta's lists don't say it: known where Gatehouse launched or opened the review.
 */
subject: ProfileView | null, 
/**
 * Gatehouse launched it.
 */
ours: boolean, };

/**
 * How many reviews there are.
 */
export type ReviewStats = { 
/**
 * Active.
 */
active: number, 
/**
 * Pending.
 */
pending: number, 
/**
 * Closed.
 */
closed: number, 
/**
 * In error.
 */
error: number, };

/**
 * A tab of the list.
 */
export type ReviewTab = "active" | "pending" | "closed" | "error" | "all";

/**
 * Changes to a review (admin side).
 */
export type ReviewUpdateArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Review id.
 */
review: string, 
/**
 * New end (RFC 3339); absent to leave it.
 */
endTime?: string | null, 
/**
 * New reviewers, all of them, by id; absent to leave them.
 */
reviewers?: Array<string> | null, };

/**
 * A list of reviews.
 */
export type ReviewsArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Which of them.
 */
tab: ReviewTab, 
/**
 * Ordered by.
 */
order: ReviewOrder, 
/**
 * Downwards.
 */
descending: boolean, 
/**
 * Read from Okta again instead of what this session knows.
 */
refresh: boolean, };

/**
 * What is known of a list now; more rows follow as `Event::Reviews`.
 */
export type ReviewsSnapshot = { 
/**
 * Number of this listing; events of another one are stale.
 */
generation: number, 
/**
 * Rows so far.
 */
rows: Array<ReviewRow>, 
/**
 * Every page has been read.
 */
done: boolean, 
/**
 * Why it stopped early.
 */
problem: Problem | null, };

/**
 * One next run of a schedule.
 */
export type RunView = { 
/**
 * The moment (RFC 3339, UTC).
 */
at: string, 
/**
 * In the schedule's zone, such as `Tue 25 Nov 2026 09:00 EST`.
 */
inZone: string, 
/**
 * In the person's zone.
 */
inLocal: string, };

/**
 * An import schedule.
 */
export type Schedule = { 
/**
 * UNIX cron, five fields.
 */
expression: string, 
/**
 * IANA time zone; empty means Okta's default.
 */
timezone: string, };

/**
 * A cron expression to explain.
 */
export type ScheduleArgs = { 
/**
 * UNIX cron, five fields.
 */
expression: string, 
/**
 * IANA zone of the schedule; empty for UTC.
 */
timezone: string, 
/**
 * The person's own IANA zone.
 */
localZone: string, };

/**
 * What a cron expression means.
 */
export type SchedulePreview = { 
/**
 * The next five runs.
 */
runs: Array<RunView>, 
/**
 * In words, such as “every 4 hours”.
 */
words: string, 
/**
 * Why it can't be used.
 */
problem: Problem | null, };

/**
 * How the connection authenticates.
 */
export type Scheme = "token" | "oauth2";

/**
 * One way to authenticate a connection.
 */
export type SchemeView = { 
/**
 * Which.
 */
scheme: Scheme, 
/**
 * Name, such as “OAuth 2.0 with consent”.
 */
label: string, 
/**
 * One sentence.
 */
about: string, 
/**
 * Browser consent follows.
 */
consent: boolean, 
/**
 * What to fill in.
 */
fields: Array<FieldView>, };

/**
 * One Okta API scope Gatehouse can use.
 */
export type ScopeView = { 
/**
 * Its name.
 */
scope: string, 
/**
 * What Gatehouse does with it, as a short phrase.
 */
what: string, 
/**
 * A service app gets it unless the person says otherwise.
 */
service: boolean, 
/**
 * A sign-in asks for it unless the person says otherwise.
 */
signIn: boolean, };

/**
 * Where an org's credential is.
 */
export type SecretPlace = "keychain" | "session" | "missing";

/**
 * A service app to create.
 */
export type ServiceCreateArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Its label.
 */
label: string, 
/**
 * What its key signs with.
 */
alg: KeyAlg, 
/**
 * Bind access tokens to a key (DPoP).
 */
dpop: boolean, 
/**
 * Okta API scopes to grant.
 */
scopes: Array<string>, 
/**
 * Standard admin role to assign, such as `APP_ADMIN`; empty for none.
 */
role: string, 
/**
 * Sign the admin out afterwards.
 */
signOut: boolean, };

/**
 * A service app to use with the waiting key.
 */
export type ServiceUseArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Its client id.
 */
clientId: string, 
/**
 * Okta API scopes it was granted, as far as known; those it has are found out.
 */
scopes: Array<string>, };

/**
 * What a person can set.
 */
export type Settings = { 
/**
 * Appearance.
 */
theme: Theme, 
/**
 * Row height.
 */
density: Density, 
/**
 * Clipboard.
 */
clipboardLook: ClipboardLook, 
/**
 * Activate a connection by itself after consent.
 */
autoActivate: boolean, 
/**
 * Minutes without use after which secrets are dropped from memory; 0 for never.
 */
idleMinutes: number, };

/**
 * One line of a set-up.
 */
export type SetupLine = { 
/**
 * Which: `key`, `app`, `registered`, `grant:{scope}`, `role`, `token`, `call`, `use`.
 */
id: string, 
/**
 * What, such as “Grant okta.apps.manage”.
 */
title: string, 
/**
 * Where it stands.
 */
state: LineState, 
/**
 * What came of it, such as the app's id.
 */
detail: string | null, 
/**
 * Why it is blocked.
 */
problem: Problem | null, 
/**
 * The requests it would send, where the set-up shows them; ids that Okta gives only then stand in braces.
 */
calls: Array<RequestView>, };

/**
 * A service app being set up.
 */
export type SetupView = { 
/**
 * Org key.
 */
org: string, 
/**
 * The app's label.
 */
label: string, 
/**
 * Client id, once there is one.
 */
clientId: string | null, 
/**
 * The lines in order.
 */
lines: Array<SetupLine>, 
/**
 * It runs now.
 */
running: boolean, 
/**
 * Every line is done or found.
 */
done: boolean, 
/**
 * Things to know before it is begun, in sentences.
 */
warnings: Array<string>, };

/**
 * Whose view of reviews: Okta has two families of the same calls.
 */
export type Side = "admin" | "my";

/**
 * One side of an org.
 */
export type SideArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, };

/**
 * A sign-in to begin.
 */
export type SignInArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which way.
 */
method: SignInMethod, 
/**
 * Client id of the native app.
 */
clientId: string, 
/**
 * Okta API scopes to ask for.
 */
scopes: Array<string>, 
/**
 * Keep the refresh token in memory only.
 */
sessionOnly: boolean, };

/**
 * Which way to sign in.
 */
export type SignInMethod = "browser" | "device";

/**
 * Where a sign-in stands.
 */
export type SignInPhase = "waiting" | "finishing" | "done" | "failed" | "cancelled";

/**
 * A sign-in under way.
 */
export type SignInView = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which way.
 */
method: SignInMethod, 
/**
 * Where it stands.
 */
phase: SignInPhase, 
/**
 * Client id.
 */
clientId: string, 
/**
 * Scopes asked for.
 */
scopes: Array<string>, 
/**
 * Host whose page the browser shows.
 */
host: string, 
/**
 * The redirect address in use (browser).
 */
redirectUri: string | null, 
/**
 * The browser was opened by Gatehouse.
 */
opened: boolean, 
/**
 * Begun (RFC 3339).
 */
startedAt: string, 
/**
 * Gatehouse stops waiting, or the device code ends (RFC 3339).
 */
until: string, 
/**
 * What to type on the page (device).
 */
userCode: string | null, 
/**
 * Where to type it (device).
 */
verificationUri: string | null, 
/**
 * QR code of the address that holds the code already (device).
 */
qr: QrView | null, 
/**
 * Who signed in, when done and known.
 */
who: string | null, 
/**
 * Why it failed.
 */
problem: Problem | null, };

/**
 * Where the connection work stands.
 */
export type Stage = "idle" | "saving" | "awaitingConsent" | "finishing" | "authorized" | "activating" | "readingBack" | "done" | "failed" | "cancelled";

/**
 * How a step went.
 */
export type StepState = "waiting" | "running" | "done" | "failed" | "skipped";

/**
 * One line of the live checklist.
 */
export type StepView = { 
/**
 * `save`, `open`, `consent`, `callback`, `activate`, `readBack`.
 */
key: string, 
/**
 * What it says.
 */
label: string, 
/**
 * How it went.
 */
state: StepState, 
/**
 * A short note (“waiting at accounts.google.com”).
 */
note: string | null, };

/**
 * One thing below an access item.
 */
export type SubAccessRow = { 
/**
 * Id.
 */
id: string, 
/**
 * As Okta says it: `ENTITLEMENT_VALUE`, `ENTITLEMENT_BUNDLE`, `GROUP` or anything new.
 */
kind: string, 
/**
 * What that is, in words.
 */
kindWords: string, 
/**
 * Name.
 */
name: string, 
/**
 * Severity as Okta says it.
 */
severity: string, 
/**
 * As in [`AccessRow::rank`].
 */
rank: number, 
/**
 * What can be decided.
 */
actions: Array<ItemAction>, 
/**
 * As in [`AccessRow::remediation`].
 */
remediation: string, 
/**
 * What that means, in words.
 */
remediationWords: string, 
/**
 * Why it is manual work.
 */
manual: Array<ManualReason>, 
/**
 * Description.
 */
about: string | null, 
/**
 * Description of the entitlement it is a value of.
 */
entitlement: string | null, 
/**
 * When it was assigned.
 */
assigned: string | null, 
/**
 * As Okta says it.
 */
assignment: string | null, 
/**
 * In words.
 */
assignmentWords: string | null, 
/**
 * Owner of a group.
 */
owner: string | null, 
/**
 * Collections that assign it.
 */
collections: Array<string>, 
/**
 * Entitlements in a bundle.
 */
entitlements: Array<NamedView>, 
/**
 * Last time an access certification looked at it.
 */
lastCertified: string | null, 
/**
 * Last time a security access review looked at it.
 */
lastReviewed: string | null, 
/**
 * Governance labels.
 */
labels: Array<LabelView>, };

/**
 * What lies below an access item.
 */
export type SubAccesses = { 
/**
 * Rows of all pages.
 */
rows: Array<SubAccessRow>, 
/**
 * Why it may not be whole.
 */
problem: Problem | null, };

/**
 * How a summary went.
 */
export type SummaryState = "ready" | "failed" | "off";

/**
 * What Okta's AI wrote.
 */
export type SummaryView = { 
/**
 * How it went.
 */
state: SummaryState, 
/**
 * The text; plain, with line breaks.
 */
text: string, 
/**
 * Okta's errors, as sentences.
 */
errors: Array<string>, 
/**
 * When Gatehouse got it.
 */
at: string, };

/**
 * One access item, or one thing below it.
 */
export type TargetArgs = { 
/**
 * Org key.
 */
org: string, 
/**
 * Which side.
 */
side: Side, 
/**
 * Review id.
 */
review: string, 
/**
 * Access item.
 */
access: string, 
/**
 * Sub-access.
 */
sub?: string | null, };

/**
 * Appearance.
 */
export type Theme = "system" | "light" | "dark" | "contrast";

/**
 * To App settings (`USER_PROVISIONING`). Unknown values Okta answers are kept as they are.
 */
export type ToApp = { 
/**
 * Create Users (`create.lifecycleCreate.status`).
 */
createUsers: boolean, 
/**
 * Update User Attributes (`update.profile.status`).
 */
updateAttributes: boolean, 
/**
 * Deactivate Users (`update.lifecycleDeactivate.status`).
 */
deactivateUsers: boolean, 
/**
 * Sync Password (`update.password.status`).
 */
syncPassword: boolean, 
/**
 * `OKTA` or `RANDOM`; others as Okta said them.
 */
passwordSeed: string, 
/**
 * `CHANGE` or `KEEP_EXISTING`; others as Okta said them.
 */
passwordChange: string, };

/**
 * To Okta settings (`INBOUND_PROVISIONING`).
 */
export type ToOkta = { 
/**
 * `EMAIL` or `CUSTOM`; others as Okta said them.
 */
usernameFormat: string, 
/**
 * Okta Expression Language, with `CUSTOM`.
 */
usernameExpression: string, 
/**
 * Scheduled import is on.
 */
scheduleOn: boolean, 
/**
 * Full import.
 */
fullImport: Schedule | null, 
/**
 * Incremental import.
 */
incrementalImport: Schedule | null, 
/**
 * `EMAIL` or `USERNAME`; others as Okta said them.
 */
exactMatch: string, 
/**
 * Allow partial matches.
 */
allowPartialMatch: boolean, 
/**
 * Auto-confirm exact matches.
 */
autoConfirmExact: boolean, 
/**
 * Auto-confirm partial matches.
 */
autoConfirmPartial: boolean, 
/**
 * Auto-confirm new users.
 */
autoConfirmNew: boolean, 
/**
 * Auto-activate new users.
 */
autoActivateNew: boolean, };

/**
 * What queries are about; a changed topic means: read it again.
 */
export type Topic = "orgs" | "apps" | "connection" | "features" | "history" | "settings" | "practice" | "credentials" | "reviews";

/**
 * What changing a review would do.
 */
export type UpdatePlan = { 
/**
 * What is wrong, tied to `endTime` or `reviewers`; empty when it can be sent.
 */
problems: Array<Problem>, 
/**
 * Reviewers as they will be.
 */
reviewers: Array<PersonView>, 
/**
 * What changes, one sentence each.
 */
changes: Array<string>, 
/**
 * The request; absent while there are problems or nothing changes.
 */
request: RequestView | null, };

/**
 * One rehearsal of failure on the practice org.
 */
export type WhatIf = { 
/**
 * Key, such as `expiredCode`.
 */
id: string, 
/**
 * What it says, such as “Okta's answer to the next write is lost”.
 */
label: string, 
/**
 * What to look for.
 */
about: string, 
/**
 * Armed now.
 */
on: boolean, };

/**
 * A what-if to arm or disarm.
 */
export type WhatIfArgs = { 
/**
 * Its key.
 */
id: string, 
/**
 * Arm it.
 */
on: boolean, };

export interface Commands {
  /** What the window starts from. */
  app_state: [None, AppState];
  /** Saves the settings. */
  settings_save: [Settings, Settings];
  /** Writes, reads and deletes a probe item in the keychain. */
  keychain_test: [None, KeychainView];
  /** Cleans an address up and asks the org who it is, without any token. */
  org_check: [AddressArgs, OrgCheck];
  /** Checks the token with one call, stores it and adds the org. */
  org_add: [OrgAddArgs, OrgView];
  /** Makes an org the current one. */
  org_select: [OrgArgs, OrgView];
  /** Renames, recolours or locks an org. */
  org_update: [OrgUpdateArgs, OrgView];
  /** Replaces an org's token after checking the new one. */
  org_token: [OrgTokenArgs, OrgView];
  /** Tries the keychain again for an org whose token could not be read. */
  org_retry: [OrgArgs, OrgView];
  /** Forgets an org: its keychain items, its pending consents and its place in the rail. History stays. */
  org_forget: [OrgArgs, ForgetReport];
  /** How Gatehouse signs in to an org: what is held, what is under way. Asks Okta nothing. */
  credentials_get: [OrgArgs, CredentialsView];
  /** Reads from Okta what it knows of the credential in use: a token's owner, expiry and networks, a person's login. */
  credentials_look: [OrgArgs, CredentialsView];
  /** Uses another of the held credentials from now on, after one call with it. */
  credential_use: [CredentialArgs, CredentialsView];
  /** Takes a credential away, and asks Okta to make it invalid if wished. */
  credential_remove: [CredentialRemoveArgs, RemoveReport];
  /** Begins a sign-in: opens the browser, or gets a device code. Events tell how it goes on. */
  signin_start: [SignInArgs, SignInView];
  /** Opens the sign-in page in the browser (again). */
  signin_browser: [OrgArgs, SignInView];
  /** The address of the sign-in page, put on the clipboard too where that works. */
  signin_link: [OrgArgs, ConsentLink];
  /** Stops a sign-in. */
  signin_cancel: [OrgArgs, SignInView];
  /** Makes a key pair; the private half goes to the keychain. */
  key_make: [KeyMakeArgs, CredentialsView];
  /** Takes a private key from a file or another tool; it goes to the keychain. */
  key_import: [KeyImportArgs, CredentialsView];
  /** Deletes the key that waits to be registered. */
  key_drop: [OrgArgs, CredentialsView];
  /** Uses the waiting key with a service app: one token, one call, then it is the org's credential. */
  service_use: [ServiceUseArgs, CredentialsView];
  /** What creating a service app would do, with what is there already found. */
  service_plan: [ServiceCreateArgs, SetupView];
  /** Creates the service app with the admin's credential; can be run again without making a second. */
  service_create: [ServiceCreateArgs, SetupView];
  /** Stops after the line that is under way. */
  service_stop: [OrgArgs, SetupView];
  /** Checks by harmless calls what the credential in use can do. */
  permissions_check: [OrgArgs, PermissionsView];
  /** Does one of the fixes the check offered, then checks again. */
  permissions_fix: [PermissionFixArgs, PermissionsView];
  /** The keychain and every item Gatehouse has in it. */
  keychain_health: [None, KeychainHealth];
  /** Deletes every secret of an org from the keychain and memory; the org stays. */
  org_wipe: [OrgArgs, ForgetReport];
  /** Drops all secrets from memory now; the next call reads the keychain again. */
  lock: [None, Done];
  /** Starts the practice org (once a run) and makes it the current org. */
  practice_start: [None, OrgView];
  /** Puts the practice org back to how it began. */
  practice_reset: [None, Done];
  /** The failures that can be rehearsed. */
  practice_what_ifs: [None, Array<WhatIf>];
  /** Arms or disarms one. */
  practice_what_if: [WhatIfArgs, Array<WhatIf>];
  /** The org's apps: what is known now; further rows come as events. */
  apps_load: [AppsArgs, AppsSnapshot];
  /** Stops a listing that is under way; what has been read stays. */
  apps_stop: [OrgArgs, Done];
  /** Everything the connection page needs, read from Okta. */
  app_open: [AppArgs, AppDetail];
  /** Saves the connection; for consent apps the browser is opened when the person says so (`connect_browser`). */
  connect_start: [ConnectStartArgs, ConnectView];
  /** Asks Okta for a fresh consent link without saving credentials again, where Okta still offers one. */
  connect_resume: [AppArgs, ConnectView];
  /** Opens the consent page in the browser. */
  connect_browser: [AppArgs, ConnectView];
  /** The consent link, put on the clipboard too where that works. */
  connect_link: [AppArgs, ConsentLink];
  /** Takes what came back from consent as text. */
  connect_finish: [ConsentTextArgs, ConnectView];
  /** Takes what came back from consent from the clipboard. */
  connect_finish_clipboard: [ConsentClipboardArgs, ClipboardResult];
  /** Empties the clipboard if it still holds the consent answer that was taken from it. */
  clipboard_clear: [None, Done];
  /** Stops the connection work; says what is left behind in Okta. */
  connect_cancel: [AppArgs, ConnectView];
  /** Activates the connection and reads back. */
  connect_activate: [AppArgs, ConnectView];
  /** Deactivates the connection and reads back. */
  connect_deactivate: [AppArgs, ConnectView];
  /** The public keys of an Org2Org connection. */
  connect_jwks: [AppArgs, JwksView];
  /** Both features, read from Okta. */
  features_get: [AppArgs, FeaturesView];
  /** What would be sent, what is risky, what has to be mended, and what Okta has changed meanwhile. */
  features_preview: [FeaturesArgs, FeaturesPreview];
  /** Reads, merges, sends, reads back and compares. */
  features_apply: [FeaturesArgs, ApplyReport];
  /** The next five runs of a cron expression in both zones. */
  schedule_preview: [ScheduleArgs, SchedulePreview];
  /** How many security access reviews there are, by status. */
  reviews_stats: [SideArgs, ReviewStats];
  /** The reviews of a tab: what is known now; further rows come as events. */
  reviews_load: [ReviewsArgs, ReviewsSnapshot];
  /** A review, who is reviewed, and what can be done with the whole of it. A pending one is watched from then on. */
  review_open: [ReviewArgs, ReviewDetail];
  /** Asks Okta's AI for a summary of a review. */
  review_summary: [ReviewArgs, SummaryView];
  /** A page of a review's history. */
  review_history: [ReviewHistoryArgs, ReviewHistoryPage];
  /** Adds a comment; gives the first page of the history, read back. */
  review_comment: [CommentArgs, ReviewHistoryPage];
  /** Closes a review, or restores all access. */
  review_act: [ReviewActArgs, ReviewDetail];
  /** What changing end or reviewers would send. Changes nothing. */
  review_update_plan: [ReviewUpdateArgs, UpdatePlan];
  /** Changes end or reviewers, and reads back. */
  review_update: [ReviewUpdateArgs, ReviewDetail];
  /** The access items of a review: what is known now; further rows come as events. */
  accesses_load: [AccessesArgs, AccessesSnapshot];
  /** What lies below an access item. */
  accesses_below: [AccessArgs, SubAccesses];
  /** What is unusual about an item. */
  access_anomalies: [TargetArgs, Array<AnomalyView>];
  /** Asks Okta's AI for a summary of an item. */
  access_summary: [TargetArgs, SummaryView];
  /** What a decision would mean. Changes nothing. */
  decision_facts: [DecisionArgs, DecisionFacts];
  /** Makes a decision: it is sent after a delay, in which it can be undone. */
  decision_make: [DecisionArgs, DecisionView];
  /** Takes a decision back that has not been sent. */
  decision_undo: [DecisionIdArgs, DecisionView];
  /** Sends a waiting decision now. */
  decision_send: [DecisionIdArgs, DecisionView];
  /** The decisions of this run in an org, latest first. */
  decisions_list: [OrgArgs, Array<DecisionView>];
  /** Looks for people by name, login, e-mail address or id. */
  people_search: [PeopleArgs, PeopleFound];
  /** Reads one person again, by id: lists may lag behind. */
  person_read: [PersonArgs, PersonView];
  /** Looks for groups by name. */
  groups_search: [PeopleArgs, GroupsFound];
  /** What a launch starts from, and the launches under way. */
  launch_form: [OrgArgs, LaunchForm];
  /** What a launch would send, and what is wrong with it. Changes nothing. */
  launch_plan: [LaunchArgs, LaunchPlan];
  /** Launches a review, once; it is watched until it is active. */
  launch: [LaunchArgs, LaunchView];
  /** Looks again for a launch whose answer was lost. */
  launch_check: [LaunchIdArgs, LaunchView];
  /** The person has seen how a launch ended. */
  launch_dismiss: [LaunchIdArgs, Done];
  /** The launches for many people, if there are any. */
  incident_get: [OrgArgs, IncidentView | null];
  /** Reads pasted names and looks them up; rows come as events. Launches nothing yet. */
  incident_start: [IncidentArgs, IncidentView];
  /** Changes what all reviews have in common, before they are launched. */
  incident_change: [IncidentChangeArgs, IncidentView];
  /** Chooses somebody for a row, or leaves it out. */
  incident_row: [IncidentRowArgs, IncidentView];
  /** Launches all rows that are ready, one after the other; also goes on after a pause. */
  incident_run: [OrgArgs, IncidentView];
  /** Pauses after the one that is under way. */
  incident_pause: [OrgArgs, IncidentView];
  /** Cancels what was not launched yet. */
  incident_cancel: [OrgArgs, IncidentView];
  /** Launches the failed ones again; those whose outcome is unknown are looked for first. */
  incident_retry: [OrgArgs, IncidentView];
  /** Clears it away; launched reviews stay. */
  incident_clear: [OrgArgs, Done];
  /** What the set-up doctor finds, and would do. Changes nothing. */
  doctor_plan: [DoctorArgs, SetupView];
  /** Does it, line after line; the lines come as events. */
  doctor_run: [DoctorArgs, SetupView];
  /** Stops it after the line that is under way. */
  doctor_stop: [OrgArgs, SetupView];
  /** The set-up that is under way, or how the last one of this run ended. */
  doctor_get: [OrgArgs, SetupView | null];
  /** Asks for a folder, reads everything about a review and saves the evidence pack; it goes on in events. */
  evidence_start: [EvidenceArgs, EvidenceView];
  /** Stops it. */
  evidence_stop: [ReviewArgs, EvidenceView];
  /** The evidence pack that is under way, or how the last one of this run ended. */
  evidence_get: [ReviewArgs, EvidenceView | null];
  /** Every operation Gatehouse knows, with examples for an org's address. */
  reference_list: [OrgArgs, Array<EndpointView>];
  /** Writes made, newest first, 100 a page. */
  history_list: [HistoryArgs, Array<HistoryRow>];
  /** The last 500 calls of this run, newest first. */
  calls_list: [None, Array<CallRow>];
  /** Opens one of a closed list of pages in the browser. */
  page_open: [OpenArgs, Done];
  /** Puts text on the clipboard. */
  copy: [CopyArgs, Done];
}
