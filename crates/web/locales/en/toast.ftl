## What was done, said once on the next page.

toast-contact-added = Contact added.
toast-contact-corrected = Correction saved.
toast-objection-recorded = Objection recorded. It takes effect at once.
toast-contact-restricted = Processing restricted.
toast-restriction-lifted = Restriction lifted.
toast-informed-noted = Noted as informed.
toast-consent-recorded = Consent recorded.
toast-consent-withdrawn = Withdrawal recorded. It takes effect at once.
toast-sale-noted = Sale noted.
toast-circumstance-noted = Circumstance noted.
toast-screening-noted = Look-up noted.
toast-overruled = Decision against the refusal recorded.
toast-overrule-revoked = Decision taken back. The answer of the law holds again.
toast-register-saved = Saved: the new version is in force.
toast-role-changed = Role changed.
toast-member-removed = The person no longer belongs to the organisation.
toast-passkey-added = Passkey added.
toast-passkey-removed = Passkey removed.
toast-password-set = Password with one-time codes set up.
toast-password-removed = Password removed.
toast-session-ended = The device is signed out.
toast-sessions-ended = All other sessions are ended.
