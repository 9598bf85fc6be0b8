//! What the organisation does with whose data (GDPR Art. 30).

use jiff::civil::Date;
use law::{Channel, ChannelSet, LegalBasis};

use crate::text::{EntryKind, Node, Section, Table};
use crate::word::words;
use crate::{Purpose, Retention, channels};

words! {
    /// In which role the organisation acts.
    pub enum Role {
        /// Decides on purposes and means (GDPR Art. 4(7)).
        Controller = "controller", "Verantwortlicher", "controller";
        /// Acts for somebody else (GDPR Art. 4(8), Art. 30(2)).
        Processor = "processor", "Auftragsverarbeiter", "processor";
    }
}

words! {
    /// Where data come from (GDPR Art. 14(2)(f)).
    pub enum Source {
        /// The person.
        DataSubject = "data_subject", "betroffene Person", "the person";
        /// The person's employer or colleague.
        Employer = "employer", "Arbeitgeber oder Kollegen", "employer or colleagues";
        /// A business partner.
        BusinessPartner = "business_partner", "Geschäftspartner", "business partner";
        /// A company of the same group.
        GroupCompany = "group_company", "Konzernunternehmen", "group company";
        /// The organiser of a fair or an event.
        EventOrganiser = "event_organiser", "Veranstalter", "event organiser";
        /// A dealer in addresses.
        AddressBroker = "address_broker", "Adresshändler", "address broker";
        /// A credit agency.
        CreditAgency = "credit_agency", "Auskunftei", "credit agency";
        /// A website or directory open to all.
        Website = "website", "öffentliche Website oder Verzeichnis", "public website or directory";
        /// A public register, for example the commercial register.
        PublicRegister = "public_register", "öffentliches Register", "public register";
        /// A social network.
        SocialNetwork = "social_network", "soziales Netzwerk", "social network";
    }
}

words! {
    /// A special category of personal data (GDPR Art. 9(1)).
    pub enum SpecialCategory {
        /// Racial or ethnic origin.
        EthnicOrigin = "ethnic_origin", "rassische oder ethnische Herkunft", "racial or ethnic origin";
        /// Political opinions.
        PoliticalOpinion = "political_opinion", "politische Meinung", "political opinion";
        /// Religious or philosophical beliefs.
        Belief = "belief", "religiöse oder weltanschauliche Überzeugung", "religious or philosophical belief";
        /// Trade-union membership.
        TradeUnion = "trade_union", "Gewerkschaftszugehörigkeit", "trade-union membership";
        /// Genetic data.
        Genetic = "genetic", "genetische Daten", "genetic data";
        /// Biometric data that identify a person.
        Biometric = "biometric", "biometrische Daten", "biometric data";
        /// Health.
        Health = "health", "Gesundheit", "health";
        /// Sex life or sexual orientation.
        SexLife = "sex_life", "Sexualleben oder sexuelle Orientierung", "sex life or sexual orientation";
    }
}

words! {
    /// What lifts the ban on special categories, in the order of GDPR Art. 9(2).
    pub enum SpecialGround {
        /// Explicit consent (a).
        ExplicitConsent = "explicit_consent", "ausdrückliche Einwilligung", "explicit consent";
        /// Employment and social-security law (b).
        EmploymentLaw = "employment_law", "Arbeits- und Sozialrecht", "employment and social-security law";
        /// Vital interests (c).
        VitalInterests = "vital_interests", "lebenswichtige Interessen", "vital interests";
        /// Foundations, associations (d).
        Association = "association", "Stiftung oder Vereinigung", "foundation or association";
        /// Manifestly made public by the person (e).
        MadePublic = "made_public", "offensichtlich öffentlich gemacht", "manifestly made public";
        /// Legal claims (f).
        LegalClaims = "legal_claims", "Rechtsansprüche", "legal claims";
        /// Substantial public interest (g).
        PublicInterest = "public_interest", "erhebliches öffentliches Interesse", "substantial public interest";
        /// Health care (h).
        HealthCare = "health_care", "Gesundheitsversorgung", "health care";
        /// Public health (i).
        PublicHealth = "public_health", "öffentliche Gesundheit", "public health";
        /// Archives, research, statistics (j).
        Research = "research", "Archiv, Forschung, Statistik", "archives, research, statistics";
    }
}

/// One processing activity, with the one purpose that it serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Identifier; also the purpose's name at the gate.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What the data are used for, in the organisation's words (Art. 30(1)(b)).
    pub purpose: Option<String>,
    /// Why the purpose is the one that it was, although its wording changed. Without it a changed
    /// wording is a new purpose (Art. 13(3), 14(4)).
    pub same_purpose: Option<String>,
    /// The kind of purpose.
    pub purpose_kind: Purpose,
    /// The organisation's role.
    pub role: Role,
    /// For whom the organisation acts as processor (Art. 30(2)(a)).
    pub principal: Option<String>,
    /// The legal basis (Art. 6(1)).
    pub basis: Option<LegalBasis>,
    /// Whose data (Art. 30(1)(c)).
    pub subjects: Vec<String>,
    /// Which data (Art. 30(1)(c)).
    pub data: Vec<String>,
    /// Which special categories are among them (Art. 9(1)).
    pub special_data: Vec<SpecialCategory>,
    /// What lifts the ban on them (Art. 9(2)).
    pub special_ground: Option<SpecialGround>,
    /// Where the data come from (Art. 14(2)(f)).
    pub sources: Vec<Source>,
    /// Whom they are passed to, by identifier (Art. 30(1)(d)).
    pub recipients: Vec<String>,
    /// The channels and uses that belong to the activity. What is not declared here is refused
    /// at the gate.
    pub channels: ChannelSet,
    /// What is advertised to existing customers (UWG § 7(3) Nr. 2), by identifier.
    pub goods_class: Option<String>,
    /// Each message is written to one person alone; what is not declared so counts as mass
    /// advertising (CH UWG Art. 3(1)(o)).
    pub individual_messages: bool,
    /// What is offered relates to the addressee's professional function (FR CPCE L. 34-5).
    pub relates_to_function: bool,
    /// Which concrete circumstances are recorded before a business is called
    /// (UWG § 7(2) Nr. 1, presumed consent).
    pub call_circumstances: Option<String>,
    /// Where persons find the information of Art. 13 and 14, if not in the organisation's
    /// privacy notice.
    pub privacy_notice: Option<String>,
    /// Security measures, by identifier (Art. 30(1)(g)).
    pub measures: Vec<String>,
    /// The weighing that legitimate interests need (Art. 6(1)(f)).
    pub balancing: Option<Balancing>,
    /// How long the data are kept (Art. 30(1)(f)).
    pub retention: Vec<Retention>,
}

/// The three steps of GDPR Art. 6(1)(f) (EDPB Guidelines 1/2024).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balancing {
    /// Which legitimate interest is pursued.
    pub interest: Option<String>,
    /// Why the processing is necessary for it and no milder means does as well.
    pub necessity: Option<String>,
    /// Why the person's interests do not override it.
    pub weighing: Option<String>,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// Who decided, by office.
    pub decided_by: Option<String>,
}

impl Activity {
    /// Whether the activity declares the channel or use.
    pub const fn declares(&self, channel: Channel) -> bool {
        self.channels.contains(channel)
    }

    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.id(EntryKind::Activity);
        let name = section.required_text("name", "name = \"Newsletter\"");
        let purpose = section.text("purpose");
        let same_purpose = section.text("same_purpose");
        let purpose_kind =
            section.required_word("purpose_kind", "purpose_kind = \"direct_marketing\"");
        let role = section.word("role");
        let principal = section.text("principal");
        let basis = section.word("basis");
        let subjects = section.texts("subjects");
        let data = section.texts("data");
        let special_data = section.words("special_data");
        let special_ground = section.word("special_ground");
        let sources = section.words("sources");
        let recipients = section.references("recipients", EntryKind::Recipient);
        let channels = channels::read(&mut section, "channels");
        let goods_class = section.reference("goods_class", EntryKind::GoodsClass);
        let individual_messages = section.flag("individual_messages");
        let relates_to_function = section.flag("relates_to_function");
        let call_circumstances = section.text("call_circumstances");
        let privacy_notice = section.text("privacy_notice");
        let measures = section.references("measures", EntryKind::Measure);
        let balancing = section.table("balancing").map(Balancing::read);
        let retention = section.tables("retention");
        let retention = retention.into_iter().filter_map(Retention::read).collect();
        section.finish();
        Some(Self {
            id: id?,
            name: name?,
            purpose,
            same_purpose,
            purpose_kind: purpose_kind?,
            role: role.unwrap_or(Role::Controller),
            principal,
            basis,
            subjects,
            data,
            special_data,
            special_ground,
            sources,
            recipients,
            channels,
            goods_class,
            individual_messages,
            relates_to_function,
            call_circumstances,
            privacy_notice,
            measures,
            balancing,
            retention,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        let role = (self.role != Role::Controller).then(|| self.role.name());
        let retention: Vec<_> = self
            .retention
            .iter()
            .map(|rule| (None, rule.tree()))
            .collect();
        Table::default()
            .with("id", &self.id)
            .with("name", &self.name)
            .maybe("purpose", self.purpose.as_ref())
            .maybe("same_purpose", self.same_purpose.as_ref())
            .with("purpose_kind", self.purpose_kind.name())
            .maybe("role", role)
            .maybe("principal", self.principal.as_ref())
            .maybe("basis", self.basis.map(LegalBasis::name))
            .texts("subjects", &self.subjects)
            .texts("data", &self.data)
            .maybe(
                "special_data",
                Node::list(self.special_data.iter().map(|item| item.name())),
            )
            .maybe(
                "special_ground",
                self.special_ground.map(SpecialGround::name),
            )
            .maybe(
                "sources",
                Node::list(self.sources.iter().map(|source| source.name())),
            )
            .texts("recipients", &self.recipients)
            .maybe("channels", channels::node(self.channels))
            .maybe("goods_class", self.goods_class.as_ref())
            .flag("individual_messages", self.individual_messages)
            .flag("relates_to_function", self.relates_to_function)
            .maybe("call_circumstances", self.call_circumstances.as_ref())
            .maybe("privacy_notice", self.privacy_notice.as_ref())
            .texts("measures", &self.measures)
            .maybe("balancing", self.balancing.as_ref().map(Balancing::tree))
            .maybe(
                "retention",
                (!retention.is_empty()).then_some(Node::Tables(retention)),
            )
    }
}

impl Balancing {
    fn read(mut section: Section<'_, '_>) -> Self {
        let balancing = Self {
            interest: section.text("interest"),
            necessity: section.text("necessity"),
            weighing: section.text("weighing"),
            decided_on: section.date("decided_on"),
            decided_by: section.text("decided_by"),
        };
        section.finish();
        balancing
    }

    fn tree(&self) -> Table {
        Table::default()
            .maybe("interest", self.interest.as_ref())
            .maybe("necessity", self.necessity.as_ref())
            .maybe("weighing", self.weighing.as_ref())
            .maybe("decided_on", self.decided_on)
            .maybe("decided_by", self.decided_by.as_ref())
    }
}
