## Existing customers.

customers-title = Existing customers
customers-lead = Whoever bought from you may get advertising for similar goods by e-mail without consent if all four conditions are met (UWG § 7(3)).
customers-no-activity = No activity in the register advertises by e-mail.
customers-may = May be written to
customers-may-not = May not be written to
customers-may-about = You may write to these customers for this activity now. Every e-mail points out the right to object.
customers-may-not-about = Something is missing with these customers. What was left out at the sale can't be made up for; then consent remains. Whether goods are similar you decide in the register.
customers-none = No customer may be written to for this activity at present. You note sales with the contact.
customers-none-refused = Nobody is here: you may write to every customer with a sale on record.
customers-address = Address obtained in the sale (Nr. 1)
customers-address-missing = Address not obtained in the sale (Nr. 1)
customers-similar = What is advertised is similar (Nr. 2)
customers-not-similar = What is advertised is not similar (Nr. 2)
customers-similar-open = Not yet decided whether what is advertised is similar (Nr. 2)
customers-notice = Right to object pointed out at collection (Nr. 4)
customers-notice-missing = Right to object not pointed out at collection (Nr. 4)
customers-no-address = No e-mail address is stored.
customers-note = Note a sale
