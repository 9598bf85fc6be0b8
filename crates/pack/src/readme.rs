//! `README.txt`.

/// What the pack is, in both languages.
pub(crate) fn text(fingerprint: &str) -> String {
    format!(
        "DEUTSCH\n\
         \n\
         Dieses Paket enthält, was der Verantwortliche über eine Person nachweisen kann: jeden\n\
         Eintrag seines Protokolls, der sie betrifft (Ordner entries), die Einwilligungstexte Wort\n\
         für Wort (texts), hinterlegte Dokumente (documents), die Einwilligungen in maschinenlesbarer\n\
         Form nach ISO/IEC TS 27560:2023 (consents.jsonld) und eine Zusammenfassung (summary.pdf).\n\
         Es enthält personenbezogene Daten: bitte verschlossen halten.\n\
         \n\
         Prüfen, ohne Netz und ohne den Verantwortlichen:\n\
         \n\
         \x20 leitplanke verify PAKET.zip --key SCHLÜSSELDATEI\n\
         \n\
         Den öffentlichen Schlüssel oder seinen Fingerabdruck lassen Sie sich auf einem anderen Weg\n\
         geben als dieses Paket, denn wer es fälscht, fälscht auch den Schlüssel darin (log.pub).\n\
         Fingerabdruck (SHA-256 über den Text des Schlüssels):\n\
         \n\
         \x20 {fingerprint}\n\
         \n\
         Ohne das Programm: Jede Datei in entries ist ein Beleg nach RFC 6962 und\n\
         c2sp.org/tlog-checkpoint. manifest.json nennt den SHA-256 jeder Datei, und issued.json belegt\n\
         im selben Protokoll den SHA-256 von manifest.json. Die Prüfung zeigt, dass die Einträge im\n\
         Protokoll stehen und unverändert sind. Ob es weitere Einträge über die Person gibt, zeigt der\n\
         Vergleich mit dem ganzen Protokoll. Das Paket ist keine Rechtsberatung.\n\
         \n\
         ENGLISH\n\
         \n\
         This pack holds what the controller can prove about one person: each entry of its log that\n\
         is about that person (folder entries), the consent texts word for word (texts), documents on\n\
         file (documents), the consents in machine-readable form after ISO/IEC TS 27560:2023\n\
         (consents.jsonld) and a summary (summary.pdf). It holds personal data: keep it locked away.\n\
         \n\
         To check it, without a network and without the controller:\n\
         \n\
         \x20 leitplanke verify PACK.zip --key KEYFILE\n\
         \n\
         Get the public key or its fingerprint by another way than this pack, since who forges it\n\
         forges the key in it too (log.pub). Fingerprint (SHA-256 over the key's text):\n\
         \n\
         \x20 {fingerprint}\n\
         \n\
         Without the program: each file in entries is a receipt after RFC 6962 and\n\
         c2sp.org/tlog-checkpoint. manifest.json names the SHA-256 of each file, and issued.json proves\n\
         the SHA-256 of manifest.json in the same log. The check shows that the entries are in the log\n\
         and unchanged. Whether there are further entries about the person shows by comparing with the\n\
         whole log. The pack is not legal advice.\n"
    )
}
