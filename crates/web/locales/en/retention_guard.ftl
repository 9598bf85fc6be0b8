## What keeps data although they are to go, and who lets them go.

lift-erasure-waits = The erasure of this person is noted. Until it is done the data stay restricted (GDPR Art. 17, Art. 18).
erasure-waits-note = Erasure noted: the data are restricted until the duty to keep them ends.
erase-waits = A duty to keep the data stands until { $day } ({ $why }). Until then they are restricted and the addresses blocked; after that they go by themselves (GDPR Art. 17(3), Art. 18).
retention-state-stopped = stopped
retention-asked = { $who } asked for: { $what }. Until a second person confirms it, two persons are needed as before.
retention-release-confirm = Confirm the looser release
retention-fault-lift = Give a reason of at most 500 characters.
retention-fault-second-sets = Somebody else than the one who asked for it has to confirm it.
retention-fault-release-moved = What was asked for changed or was settled meanwhile.
retention-left-fault = Could not be read or erased; have the log verified
retention-run-who = Who is erased
retention-run-who-about = These contacts wait in this run. Named is the rule by which they go.
retention-unreadable = Data can't be read
retention-stop-about = If you stop the run, all contacts stay whose turn has not come. What is erased stays erased.
retention-stop = Stop the run
hold-call-consent = Proof of consent to advertising calls: five years from the consent and from each use. This duty can't be lifted.
hold-lift-title = Lift the legal hold?
hold-lift-erases = The person asked for erasure. If nothing else stands against it, the data are erased for good within minutes. That can't be undone.
hold-lift-frees = If the data are due by their periods, the next run can erase them.
hold-lift-hint = Without names, for example: tax audit closed
hold-lift-do = Lift
toast-retention-asked = Asked for. A second person has to confirm it.
kind-retention-release-asked = Looser release asked for
kind-retention-stopped = Run stopped
