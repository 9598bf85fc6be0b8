package gate

import rego.v1

default allow := false

allow if proved_consent

# UWG § 7(3): existing customers, electronic mail only.
allow if {
	input.channel == "email"
	input.customer.address_from_sale
	input.customer.own_products
	input.customer.similar_products
	input.customer.notice_at_collection
	not no
}

# UWG § 7(2) Nr. 1: presumed consent of a business.
allow if {
	input.channel == "phone"
	input.kind == "business"
	input.interest == "business_relation"
	not no
}

# UWG § 7(1): letters until objection.
allow if {
	input.channel == "post"
	not no
}

# Consent that can be proved for the channel and is newer than an objection.
proved_consent if {
	input.channel in input.consent.channels
	not input.consent.withdrawn
	input.channel in input.consent.proves
	not objected_since
}

objected_since if {
	input.channel in input.objection.channels
	input.objection.raised >= input.consent.given
}

# The contact's own no: an objection, or the withdrawal of a consent.
no if input.channel in input.objection.channels

no if {
	input.consent.withdrawn
	input.channel in input.consent.channels
}
