## The code that proves a telephone number.

kind-sms-sent = SMS mit Code gesendet
kind-sms-given-up = SMS mit Code nicht gesendet
kind-sms-confirmed = Rufnummer durch Code bestätigt
kind-sms-code-refused = Code abgelehnt

sms-title = Ihre Rufnummer bestätigen
sms-lead = Anrufe und Nachrichten gelten erst als erlaubt, wenn feststeht, dass die Nummer Ihre ist. Die E-Mail-Adresse belegt das nicht.
sms-consents = Das bestätigen Sie damit
sms-channels = Mit dem Code bestätigt: { $channels }
sms-send = Code an { $number } senden
sms-send-again = Neuen Code an { $number } senden
sms-send-about = Wir senden eine SMS mit sechs Ziffern. Sie gelten zehn Minuten. An eine Nummer gehen höchstens drei am Tag.
sms-again-about = Keine SMS da? Warten Sie bitte eine Minute. Ein neuer Code macht den vorigen ungültig.
sms-code = Code aus der SMS
sms-code-hint = Sechs Ziffern, gültig zehn Minuten
sms-confirm = Nummer bestätigen
sms-on-its-way = Ist die Nummer richtig, kommt die SMS gleich an.
sms-wrong = Dieser Code stimmt nicht oder gilt nicht mehr. Nach fünf Fehlversuchen oder zehn Minuten brauchen Sie einen neuen.
sms-unreadable = Bitte geben Sie die sechs Ziffern aus der SMS ein.
sms-enough = An diese Nummer gingen heute schon drei Codes. Bitte versuchen Sie es morgen noch einmal.
sms-later = Im Augenblick können wir keinen Code senden. Bitte versuchen Sie es in einer Stunde noch einmal.
sms-nothing = Für diese Nummer ist nichts mehr zu bestätigen.
sms-done = Ihre Nummer ist bestätigt
sms-done-about = Ihre Einwilligung gilt jetzt auch für diese Nummer. Sie können sie jederzeit widerrufen, zum Beispiel über den Link in jeder unserer E-Mails.
sms-preferences = Ihre Einstellungen: widerrufen, widersprechen, Daten ändern
sms-step = Noch ein Schritt für Anrufe und Nachrichten
sms-step-how = Anrufen oder eine SMS senden dürfen wir erst, wenn Sie Ihre Nummer { $number } mit einem Code bestätigen. Ohne Code bleibt es bei den übrigen Wegen.
sms-writing = Für Anrufe und Nachrichten an Ihre Nummer fehlt noch Ihre schriftliche Bestätigung. Bis dahin rufen wir Sie aufgrund dieser Einwilligung nicht an und senden keine Nachrichten; die übrigen Wege gelten.
sms-begin = Nummer bestätigen
sms-enough-contact = Heute haben Sie schon mehrere Codes angefordert. Bitte versuchen Sie es morgen noch einmal.
sms-tomorrow = Heute können wir keinen Code mehr senden. Bitte versuchen Sie es morgen noch einmal.
sms-not-sent = Die SMS konnte nicht an diese Nummer gesendet werden. Bitte prüfen Sie die Nummer oder fordern Sie einen neuen Code an.
sms-step-enough = Anrufen oder eine SMS senden dürfen wir erst, wenn Sie Ihre Nummer mit einem Code bestätigen. Heute haben Sie das schon mehrmals begonnen; morgen geht es wieder. Bis dahin bleibt es bei den übrigen Wegen.
sms-cap-day = Heute gehen keine SMS mit Codes mehr hinaus: Die Grenze von 200 in 24 Stunden ist erreicht. Wer eine Rufnummer bestätigen will, muss warten. Prüfen Sie, ob jemand Ihr Formular missbraucht.
sms-cap-hour = Zurzeit gehen keine SMS mit Codes hinaus: Die Grenze von 60 in einer Stunde ist erreicht. Prüfen Sie, ob jemand Ihr Formular missbraucht.
