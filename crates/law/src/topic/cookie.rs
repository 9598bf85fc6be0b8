//! Whether cookies and other access to terminal equipment are lawful, and whether a banner's
//! consent counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::{Finding, Verdict};
use crate::tdddg::s25::{self, Banner, Need};
use crate::{Citation, Country, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "cookie",
    about: Text::new(
        "Cookies, Pixel, Einbettungen und Banner nach § 25 TDDDG",
        "Cookies, pixels, embedded content and banners under § 25 TDDDG",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// Access to a visitor's terminal equipment.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// What is stored or read, or what loads it.
    tool: Option<Tool>,
    /// The visitor consented. Left out with a banner: the banner's consent.
    consent: Option<bool>,
    /// Whether the information is personal. It makes no difference.
    personal_data: Option<bool>,
    /// The service was expressly asked for and does not work without it.
    strictly_necessary: Option<bool>,
    /// The operator relies on legitimate interests.
    legitimate_interest_claimed: bool,
    /// How the banner asks.
    banner: Option<BannerFacts>,
    /// The country of the visitors; the rules here are German.
    country: Option<Country>,
    /// The day of the question.
    on: Option<Day>,
}

/// What is stored or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Tool {
    /// Load balancing and the like, for the sole transmission.
    Transmission,
    /// Log-in session.
    Session,
    /// Shopping basket.
    Basket,
    /// The choice made in the banner.
    ConsentChoice,
    /// Language or display that the user chose.
    UserSetting,
    /// Protection of the requested service, for example against forged requests.
    Security,
    /// Audience measurement by the site itself.
    Analytics,
    /// Measurement across sites or with identifiers of third parties.
    CrossSiteAnalytics,
    /// Advertising identifiers.
    Advertising,
    /// Pixels.
    Pixel,
    /// Fingerprints of the device.
    Fingerprint,
    /// A tag manager.
    TagManager,
    /// A like button or other content that sends visitors' data to a network on page load.
    SocialEmbed,
    /// A map, video or font of a third party.
    ThirdPartyContent,
    /// Anything else.
    Other,
}

/// How a banner asks.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct BannerFacts {
    /// Refusing everything is offered on the first layer, like accepting.
    reject_all_on_first_layer: Option<bool>,
    /// Refusing is as visible as accepting.
    reject_as_visible: Option<bool>,
    /// Boxes are ticked beforehand.
    pre_ticked: Option<bool>,
    /// Going on or closing the banner is taken as a yes.
    continued_use_counts: Option<bool>,
    /// A tag manager, or anything else that needs consent, is loaded before the choice.
    tag_manager_loaded_before_choice: Option<bool>,
    /// The lifetime of the cookies is told.
    lifetime_told: Option<bool>,
    /// It is told whether third parties have access.
    third_parties_told: Option<bool>,
    /// Each purpose has a choice of its own.
    choice_per_purpose: Option<bool>,
    /// The choice can be changed as easily as it was made.
    withdrawal_as_easy: Option<bool>,
    /// The site can't be used without consent, and there is no equivalent offer.
    cookie_wall: Option<bool>,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    /// Always false: § 25 protects any information.
    personal_data_required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent_needed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joint_controller: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent_collected_by: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible_for_later_processing_by_network: Option<bool>,
}

const JOINT: Citation = Citation::new("GDPR Art. 26");
const FASHION_ID: Citation = Citation::new("CJEU C-40/17");
const ACCESS_IS_WIDE: Citation = Citation::new("EDPB Guidelines 2/2023");

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    if facts.country.is_some_and(|country| country != Country::DE) {
        return Err(TopicError::Unfit {
            fact: "country",
            why: "§ 25 TDDDG is German law; other countries' rules on terminal equipment are not covered",
        });
    }
    let mut values = Values::default();
    let finding = match (&facts.banner, facts.tool) {
        (Some(banner), _) if facts.consent != Some(false) => of_banner(banner),
        (_, Some(Tool::SocialEmbed)) => social_embed(facts.consent, &mut values, lang),
        (_, Some(tool)) => of_tool(facts, tool, &mut values),
        (_, None) => needed(
            None,
            "tool",
            "whether consent is needed depends on what is stored or read",
        )?,
    };
    Ok(Answer {
        values,
        finding,
        on: facts.on.map(|Day(on)| on),
    })
}

fn of_banner(facts: &BannerFacts) -> Finding {
    let banner = Banner {
        reject_on_first_layer: facts.reject_all_on_first_layer,
        reject_as_visible: facts.reject_as_visible,
        pre_ticked: facts.pre_ticked,
        continued_use_counts: facts.continued_use_counts,
        loads_before_choice: facts.tag_manager_loaded_before_choice,
        lifetime_told: facts.lifetime_told,
        third_parties_told: facts.third_parties_told,
        choice_per_purpose: facts.choice_per_purpose,
        withdrawal_as_easy: facts.withdrawal_as_easy,
        wall: facts.cookie_wall,
    };
    let faults: Vec<_> = banner.faults().collect();
    let Some((first, rest)) = faults.split_first() else {
        return sound(banner);
    };
    let mut finding = Finding::new(first.text, &[s25::CONSENT])
        .citing(first.citations)
        .verdict(Verdict::Deny);
    for fault in rest {
        finding = finding.because(&[fault.text]).citing(fault.citations);
    }
    if faults.iter().all(|fault| fault.to_be_checked) {
        return finding.to_be_checked();
    }
    finding
}

/// No fault is seen; without knowing of an equal refusal that is not yet a yes.
fn sound(banner: Banner) -> Finding {
    let finding = Finding::new(
        Text::new(
            "Die angegebenen Tatsachen zeigen keinen Fehler des Banners.",
            "The facts given show no fault of the banner.",
        ),
        &[s25::CONSENT],
    )
    .obliging(&[FOLLOW_UP]);
    if banner.reject_on_first_layer == Some(true) {
        return finding.verdict(Verdict::Allow);
    }
    finding
        .verdict(Verdict::Conditional)
        .to_be_checked()
        .obliging(&[Text::new(
            "Auf der ersten Ebene eine gleichwertige Schaltfläche zum Ablehnen anbieten.",
            "Offer an equivalent button to refuse on the first layer.",
        )])
}

const FOLLOW_UP: Text = Text::new(
    "Für die weitere Verarbeitung personenbezogener Daten eine eigene Rechtsgrundlage der DSGVO festlegen und darüber informieren.",
    "For further processing of personal data, state a basis of the GDPR of its own and inform about it.",
);

fn of_tool(facts: &Facts, tool: Tool, values: &mut Values) -> Finding {
    let need = need(facts, tool);
    values.consent_needed = Some(need.exception().is_none());
    if let Some(exception) = need.exception() {
        return Finding::new(
            Text::new(
                "Ohne Einwilligung zulässig: nur zur Übertragung oder unbedingt erforderlich für den gewünschten Dienst.",
                "Lawful without consent: for transmission only, or strictly necessary for the service asked for.",
            ),
            &[exception],
        )
        .verdict(Verdict::Allow)
        .obliging(&[FOLLOW_UP]);
    }
    let finding = Finding::new(
        Text::new(
            "Eine Einwilligung ist nötig, gleich ob die Informationen personenbezogen sind; ein berechtigtes Interesse genügt nicht.",
            "Consent is needed, whether or not the information is personal; § 25 has no legitimate-interest exception.",
        ),
        &[s25::CONSENT, s25::DIRECTIVE],
    );
    let finding = match tool {
        Tool::Analytics | Tool::CrossSiteAnalytics => finding.because(&[Text::new(
            "Reichweitenmessung ist aus Sicht der Nutzer nicht unbedingt erforderlich.",
            "Analytics is not strictly necessary from the user's point of view.",
        )]),
        Tool::Pixel | Tool::Fingerprint | Tool::TagManager => finding.citing(&[ACCESS_IS_WIDE]),
        _ => finding,
    };
    match facts.consent {
        Some(true) => finding.verdict(Verdict::Allow).obliging(&[FOLLOW_UP]),
        Some(false) => finding.verdict(Verdict::Deny),
        None => finding.verdict(Verdict::Conditional).obliging(&[Text::new(
            "Vorher die Einwilligung einholen.",
            "Obtain consent first.",
        )]),
    }
}

fn need(facts: &Facts, tool: Tool) -> Need {
    match (tool, facts.strictly_necessary) {
        (Tool::Transmission, _) => Need::Transmission,
        (
            Tool::Session | Tool::Basket | Tool::ConsentChoice | Tool::UserSetting | Tool::Security,
            None | Some(true),
        )
        | (Tool::Other | Tool::ThirdPartyContent, Some(true)) => Need::StrictlyNecessary,
        _ => Need::Other,
    }
}

/// C-40/17: the site decides jointly with the network, for collection and transmission only.
fn social_embed(consent: Option<bool>, values: &mut Values, lang: Lang) -> Finding {
    values.consent_needed = Some(true);
    values.joint_controller = Some(true);
    values.consent_collected_by =
        Some(Text::new("Betreiber der Website", "website operator").get(lang));
    values.responsible_for_later_processing_by_network = Some(false);
    Finding::new(
        Text::new(
            "Gemeinsam verantwortlich nur für Erhebung und Übermittlung; der Betreiber der Website holt die Einwilligung ein.",
            "Joint controller for collection and transmission only; the website operator obtains the consent.",
        ),
        &[JOINT, s25::CONSENT, FASHION_ID],
    )
    .verdict(if consent == Some(false) {
        Verdict::Deny
    } else {
        Verdict::Conditional
    })
    .obliging(&[
        Text::new("Vereinbarung nach Art. 26 DSGVO", "Art. 26 arrangement"),
        Text::new("Information bei der Erhebung", "information at collection"),
        Text::new(
            "Einwilligung vor dem Laden, etwa durch eine Zwei-Klick-Lösung",
            "consent before loading, for example by two clicks",
        ),
    ])
}
