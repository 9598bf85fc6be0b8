## Evidence about one person: the pack, receipts, documents.

proofs = Evidence
documents = Documents
pack-about = All that can be proven about this person, as a file: receipts, wordings, documents and a summary. Whoever gets it can check it without you. That you make the pack becomes evidence itself.
pack-do = Evidence pack (ZIP)
consents-jsonld = Consents for machines (JSON-LD, ISO/IEC TS 27560)
receipt-pdf = Receipt (PDF)
receipt-of = Receipt of the consent, evidence { $entry } (PDF)
kind-proof-issued = Evidence pack made
kind-document-kept = Document put on file
merge-documents = { $n ->
    [one] one document
   *[other] { $count } documents
}
attested = On paper, at a fair, by telephone
attested-hint = What stands here makes the consent easier to prove later. Leave out what does not apply.
attested-document = Document
attested-document-hint = Signed form, photo or scan as PDF, PNG or JPEG, at most 10 MB. It is sealed with the person's key. Choose it again after an error.
attested-witness = Who took it?
attested-witness-hint = Name of the colleague who can testify to it.
attested-place = Place or occasion
attested-place-hint = For example “Hannover fair, stand B12”.
attested-called-by = For a call: who made it?
attested-called-number = Number called
document-kind = The document has to be a PDF, a PNG or a JPEG.
document-too-large = The document is larger than 10 MB. Make it smaller, for example as a black-and-white scan.
called-number-wrong = The number called is no telephone number. Write it with its area code.
consent-open = Not proven yet
consent-open-lead = This is no defect as long as it is so. The burden of proof is yours (GDPR Art. 7(1)).
paper-name = Name
paper-company = Company
paper-emails = E-mail
paper-phones = Telephone
paper-address = Address
paper-pseudonym = Pseudonym in the log
paper-channels = Channels
paper-proof = Proven by
paper-given-on = Given on
paper-place = Place or occasion
paper-witness = Taken by
paper-called-by = Called by
paper-called-number = Number called
paper-documents = Documents
paper-defects = Examined under GDPR Art. 7
paper-no-defects = no defect found
paper-state = State
paper-given = given
paper-withdrawn = withdrawn
paper-proof-lost = proof lost
paper-withdraw-at = Send the withdrawal to { $email }.
paper-given-flawed = given, with defects
paper-channels-wait = { $channels } (waits for the number to be confirmed)
