// Made by `npm run names` from the adapters' own source: never from a message.
export const adapterNames: readonly string[] = `
ABSENT ANSWER_ AT Acquaintance Adopted Allegation Anonymous AssessmentActualStartDate AssessmentAuthorisationDate
AssessmentFactors AssessmentInternalReviewDate AssessmentRecorded Assessments BAILED BadPart Body Bullying Bundle
CARE_SETTING CELL_CHECK CHARGED CHARGED_RELEASED CHILD CIN CINPlanDates CINPlanEndDate CINPlanStartDate CINclosureDate
CINdetails CINreferralDate COMMON_PLATFORM_HEARING COMMUNITY_RESOLUTION COMPLETED CONTINUED COUNTY_LINES CPPendDate
CPPreviewDate CPPstartDate CRIMINAL CRN CensusReferralRecorded Child ChildIdentifiers ChildProtectionPlans
ChildSocialCareDetailsRecordV1 Children ChildrensServicesDetailsRecordV1 Collection CollectionDetails
ConfirmedOrUpdated CrimeDataRecordV1 D01 D02 DATE_INT DATE_PLACED DEC DECLINED DECOM DOB DOLO_END DOLO_START DUC
Damage DateOfInitialCPC DateTime Died ENDED ENQUIRY ETB ETRB ETRLR ETRRIE EXPLOITATION_KIND_ EducationDetailsRecordV1
EpisodeOfCare ExploitationFactorsRecorded Extension-MessageEventType-1 Extension-RoutingDemographics-1
FactorsIdentifiedAtAssessment GP GROUND_ Gangs HA HA1 HC HIGH HOME HOSPITAL HS Header HealthDataRecordV1
HealthFactorsRecorded HealthcareService Housing Hub-Observed-At Hub-Subject ICPCnotRequired IMPRACTICABLE
INDICATOR_STRENGTH_ IN_PRISON IN_TOUCH InitialCPCtarget InitialCategoryOfAbuse KEPT_FOR_COURT KIND KIND_ LAchildID LOW
LS LatestCategoryOfAbuse Location MC_DOB MEAL MEDIUM MISSING MIS_END MIS_START MODERATE MODERN_SLAVERY Message
MessageAttributes MessageHeader NOMS NONE_AVAILABLE NOT_APPLICABLE NOT_COMPLETED NOT_HELD NO_ANSWER NO_APPARENT_RISK
NO_FURTHER_ACTION NO_SECURE_ACCOMMODATION NO_SECURE_AVAILABLE Neglect NumberOfPreviousCPP OTHER OUTCOME_ OUTCOME_21
OUTCOME_22 OUT_OF_COURT_DISPOSAL Organization Other PLACE PLACE_PROVIDER POLICE_CUSTODY POSTPONED POST_CHARGE
PREV_PERM PRE_CHARGE PROPERTY PROVIDED Parents Patient PayloadS3Pointer PersonBirthDate PersonalDetailsRecordV1 Police
Practitioner PractitionerRole PrimaryNeedCode Provenance RADICALISATION REASON_PLACE_CHANGE REC RECALL REGRADED
RELEASED_TO_HOSPITAL REST_PERIOD RETURNED_TO_ REVIEW RISK_GRADE_ RNE ReasonForClosure ReferralNFA ReferralSource
RegisteredGPSurgery Reviews S47ActualStartDate SDQ_SCORE SEARCH SEXUAL SH STAGE_ STRONG SUPERVISOR_REVIEW SW_ID School
Section47 Section47Recorded Self-harm Source StatusRecorded StringValue TELEPHONE_CALL TRANSFERRED_TO_LOCAL_AUTHORITY
Theft Timestamp Trafficking UNDER_INVESTIGATION UNKNOWN UPN VISIT Value WEAK WITHDRAWN YOUTH_CAUTION
YOUTH_CONDITIONAL_CAUTION academicTermYearStart acceptedOn actedOn action actionRef actionType active
additional-context additionalInformation address addressConfirmed admitted adult agency-records.v1 agreedOn alertCode
alertUuid allergy allocationId alternative-provision amended answer applicationReceivedDate applicationReference
applicationStatus appointment-planned appointmentRef arrestSummonsNumber asOf asked askedOn asn assault-by-child
assault-on-child assessment-countersigned assessment-signed-off assessment-stage assessmentRef at attendance
attendance-centre attendancePercentage attended attribute attributes-alone authoredOn authority bail-and-remand
bail-support base64 basedOn basis bigint birthAssignedSex birthDate birthDateTime birth_date boardToldOn body boolean
braille breach-notice breachNoticeId breachRef breachType breaches bytes camhs camhsContactDetails
camhsTeamInvolvement cancelled caretakingRef case-closed caseRef caseURN category cdata change chat child childHurt
childrens-services.details childrens-services.details.v1 childrensServicesReferrals childsView cin.census cjsCode
clinicalStatus closetag code coding comment communication-needs community-resolution complete completeBy completedBy
completedOn complex-investigation-closed complex-investigation-opened compliance-meeting component concern
conditional-discharge conditions conference-decision contactOutcome contactRef contactType contactedOn contained
content-elsewhere contradiction contributedBy contributedOn copyGiven core-record corrected correction countersignedBy
countersignedOn county county-lines court courtApplications courtCentre courtCode courtDate courtOrder coversFrom
coversUntil crime-justice.details crime-justice.details.v1 crimeActiveStatusesAndPlans criminal-behaviour-order crn
crn-merge cro croNumber cscActiveStatusesAndPlans cscReferrals csv currentLocation custodian-index custody
custody-continues custody-record custodyNumber data data_base64 dataref date dateAsserted dateOfBirth
deathNotificationStatus decidedOn decision defendantCaseJudicialResults defendantJudicialResults defendants delete
deliveredOn deregistrationId description designatedLocalAuthority detail detention-and-training-order
dischargeDisposition discussionRef display disposalReference dob doctype dosage dosageInstruction draft dueOn
dutyContactDetails education education.details education.details.v1 educationActiveStatusesAndPlans
educationSettingAddress educationSettingName educationSettingTelephone effectiveDateTime effectiveInstant
ehc-plan-content ehc-plan-sent ehc-plan-stage electronic-monitoring emergency-condition emergencyDepartmentAttendances
end ended ended-early endedOn ends-before-start endsOn englishAsAdditionalLanguage entered-in-error entering-custody
entries entry enum episode episodeOfCare error establishment establishmentType ete-hours ethnicity event
event-taken-back event-type eventType exclusions explanations-and-conclusions exploitation-assessment
exploitation-indicator exploitationType exportedAt extension fact false family familyName fhir fhir.r4 fields-not-read
figure final final-warning finished firstHearingOn firstLanguage firstName flagRef flagType flaggedOn focus force
forenames foundAt from fullUrl gatekeptBy given givenNames givenOn gpAddress gpTelephone grave-offence ground grounds
happenedAt harm-to-others hdc-licence health health.details health.details.v1 healthActiveStatusesAndPlans hearing
hearing-day hearingDay hearingDays hearingEventType held hmpps.domain-event homeAuthority honosca hospitalization
hostAuthority hours hoursDone howUsed hub. hub.court.v1.ApplicationMade hub.court.v1.ApplicationResulted
hub.court.v1.HearingListed hub.court.v1.ResultRecorded hub.education.v1.EducationRecordObserved
hub.education.v1.EducationSettingChanged hub.education.v1.EducationStatusChanged hub.education.v1.YearFigureChanged
hub.health.v1 hub.health.v1.CamhsTeamListed hub.health.v1.DeathNotified hub.health.v1.EmergencyAttendanceListed
hub.health.v1.GeneralPracticeChanged hub.health.v1.HealthNeedRecorded hub.health.v1.HealthRecordObserved
hub.health.v1.HealthStatusChanged hub.health.v1.MissedAppointmentListed hub.health.v1.NhsNumberChanged
hub.health.v1.PatientFlagChanged hub.health.v1.PatientRecordChanged hub.health.v1.ScoreRecorded
hub.police.v1.ActiveStatusChanged hub.police.v1.AppropriateAdultAttended hub.police.v1.AppropriateAdultRequested
hub.police.v1.Arrested hub.police.v1.BailRefused hub.police.v1.Charged hub.police.v1.ChildReturned
hub.police.v1.CrimeRecordObserved hub.police.v1.DetentionAuthorised hub.police.v1.DetentionCertificateIssued
hub.police.v1.DetentionEnded hub.police.v1.DetentionReviewed hub.police.v1.ExploitationIndicatorRecorded
hub.police.v1.InvestigationEnded hub.police.v1.KnownServiceListed hub.police.v1.LocalAuthorityAccommodationAnswered
hub.police.v1.LocalAuthorityAccommodationRequested hub.police.v1.MissingEpisodeListed hub.police.v1.MissingFound
hub.police.v1.MissingReportCancelled hub.police.v1.MissingReported hub.police.v1.NrmReferralMade
hub.police.v1.OutOfCourtDisposalEnded hub.police.v1.OutOfCourtDisposalGiven hub.police.v1.PoliceMarkerChanged
hub.police.v1.PoliceProtectionUsed hub.police.v1.PreventionInterviewRecorded
hub.police.v1.PublicProtectionNoticeIssued hub.police.v1.RadicalisationRiskChanged hub.police.v1.ReleasedOnBail
hub.police.v1.ReleasedUnderInvestigation hub.police.v1.ReturnInterviewNoted hub.police.v1.RiskFlagChanged
hub.probation.v1.PractitionerAllocated hub.secure_estate.v1.MovedBetweenEstablishments
hub.secure_estate.v1.ReceivedIntoCustody hub.secure_estate.v1.ReleasedFromCustody
hub.social_care.v1.ActiveStatusChanged hub.social_care.v1.CareEpisodeRecorded
hub.social_care.v1.ChildrensServicesRecordObserved hub.social_care.v1.DeprivationOfLibertyRecorded
hub.social_care.v1.KeyWorkerNamed hub.social_care.v1.MissingEpisodeRecorded hub.social_care.v1.PersonalDetailsObserved
hub.social_care.v1.ReferralListed hub.social_care.v1.TeamInvolvementListed id identifier identifiers ignored immediate
inactive incidentOn incidentRef incidentType incomplete index indicatorRef indicatorReference information-gathering
instant intended interpreter intervention-ended interventionRef interviewRef invalid-csv invalid-data invalid-date
invalid-envelope invalid-handling invalid-identifier invalid-json invalid-time invalid-xml isYouth iso-8859-1 json
json-schema judgedBy judgedOn judgement judicialResultId judicialResultPrompts judicialResultTypeId judicialResults
jurisdiction jurisdictionType juvenile key keyWorker kind knownOn label lastName lastPoliceProtectionPowerEvent
lastSeen lastSeenAt lastUpdated latin1 leavesAt leaving-custody legalEntityDefendant level liaison-and-diversion
licence licenceId line1 line2 list listed madeOn makaton managingOrganization manifestation manner marker
markerDetails masterDefendant masterDefendantId medication medicationCodeableConcept mental-health
mental-health-treatment messageType message_id meta mid-term middleName missed missedAppointments missing
missing-record missing-report missing-value missingEpisodes mns.signal modern-slavery moved movement name
namesOfIndividualsResidingAtMainAddress neededFor needs nems.message neurodisability nextReviewDue nhs
nhs-number-change nhsNumber nhsNumberStatus no no-children no-contact no-data no-defendant no-entries no-episodes
no-hearing-day no-observed-at no-orders no-records no-resources no-results no-shared-time no-subject no-time nominal
nomisMovementReasonCode noms nomsNumber none not-final not-its-event not-shared not-shown-to-be-a-child not-taken
not-taken-up nothing-claimed noticeReference notification-event nrm-decision nrm-referral number object observedOn
observedat occurred occurredAt of_kind offenceCode offenceDate offenceTitle offences official on-hold onLicence
onsetDateTime openapi opentag opentagstart order-ended order-varied orderDate orderRef orderType orderedDate orgType
organisation other-agency other-collection out-of-court out-of-court-panel out-of-range outcome outcome-22 panelOn
panelRef parameter parenting-order parentsView part pathways-and-planning patient patientflags-change
pds-change-of-address pds-change-of-gp pds-death-notification pds-record-change performer performerType period person
person.alert.created person.alert.deleted person.alert.inactive person.community.manager.allocated
person.temporary-absence-authorisation personDefendant personDetails personReference personal.details
personal.details.v1 physical-health place placement-notice placementRef plan planReviewedOn planned planned-release
plannedFor plannedOn plea pleaValue pnc pncId police police.custody-record police.missing-record policeMarkerDetails
policeProtectionLastUsed postcode practice practitioner pre-sentence-report pre-sentence.report.completed
pre-sentence.report.started precautions prison-alert prison-offender-events.prisoner.merged
prison-offender-events.prisoner.received prison-offender-events.prisoner.released
prison-recall.recommendation.consideration prison-recall.recommendation.management-oversight
prison-recall.recommendation.started prisonId prisoner-offender-search.prisoner.received
prisoner-offender-search.prisoner.released probation probation-case.breach-notice.created
probation-case.breach-notice.deleted probation-case.merge.completed probation-case.prison-identifier.added
probation-case.registration.added probation-case.registration.deleted probation-case.registration.deregistered
probation-case.registration.updated probation-case.unmerge.completed prohibited-activity promptSequence pronouns
proposes prosecutionCaseIdentifier prosecutionCases protection providedBy provider prrd-licence
public.events.hearing.hearing-resulted publishedAt purpose quarantined reaction reactivatedCRN reason reasonCode
recall recall.deleted recall.inserted recallId received reception record recordType recordedAt recordedDate
recorded_at recordedtime records reference referral referral-decision referral-order referral-order-report
referral-panel referralReference referralRequest refuted registerTypeCode registerTypeDescription registeredGPName
registeredGPSurgery registration registrationCategoryDescription registrationId registrationLevelDescription
relatedPeople releaseRef released relevantTime removedNomsNumber reparation-order repeated-value report-requested
reportId reportRef reportType reportedAt reportedBy requestReference requestedFrom requestedOn requirementRef
requirementType resource resourceType respondents responsibleService result-without-offence retract return-interview
return-interview-used returnOn returnedHomeInterviewAttended returnedTo returnsAt reviewNumber reviewedOn revoked
revoked-good-progress risk risk-judgement risk-register riskCriminalExploitation riskGangsAndYouthViolence
riskModernSlaveryAndTrafficking riskRadicalisation riskSexualExploitation safety-and-wellbeing scalar schema
school-record-sent schoolMoves schoolMovesNonTransitional sdq sdq-parent sdq-self sdq-teacher section section-250
section-259 secure secure-estate secure-estate.custody-records secure-school self-harm sent-to-court sentBack
serious-harm serious-incident service serviceProvider serviceType servicesKnownTo setOn setting settled sharedTime
signLanguage signedOffBy signedOffOn sittingDay social-care social-care.details social-care.details.v1 social-worker
sourceCRN specversion speech-and-language ssda903.dolo ssda903.episodes ssda903.header ssda903.missing ssda903.other
stage stand-down start startDate startedOn station status strategy-contribution strategy-discussion
strategy-discussion-convened strength string subject substance-misuse substance-treatment surname suspensions system
table-not-needed taken-back targetCRN team teamInvolvement temporary-release temporary-release-considered text time
time-served-licence timestamp toBeToldOfRelease told-before-release told-of-release townOrCity transferred true type
uln unauthorisedAbsencePercentage undone unknown unknown-action unknown-code unknown-content-type unknown-field
unknown-format unknown-kind unknown-movement unknown-root unknown-type unknown-value unmergedCRN unpaid-work unplanned
unreadable unreadable-birth-date upn url us-ascii use use-of-force usedBy usedOn utf-16 utf-16be utf-16le utf-8 value
value-too-long valueCodeableConcept valueDateTime valueHumanName valueIdentifier valueInstant valueInteger
valueQuantity valueReference valueString variation variedOn verificationStatus version version-id versionId very-high
victim-as-record victim-contact victim-of-grave-offence victim-safety victimContentChecked victimRef voluntary
waitlist week what windows-1252 worker workerName wrong-header wrong-type xml-doctype xml-encoding xml-too-deep
xml-too-large yearlyEducationAttendances yes yos yos.case-records youth-caution youth-conditional-caution
youth-rehabilitation-order yro-fostering yro-iss
`.split(/\s+/);
