// Generated from the OpenAPI document by npm run client. Never edited.
export interface paths {
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish one event, or a batch of at most 1,000
         * @description CloudEvents 1.0: structured, binary (`ce-*` headers and the data as the body) or a batch. An unknown type, or data that breaks the contract, is kept and answered 202: the receipt says that it is quarantined, and why. A batch is answered in order, an item each; 207 when any item is refused.
         */
        post: operations["publishEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/native/{system}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a message in the system’s own format, of any content type, at most 10 MiB */
        post: operations["publishNative"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try one event, or a batch: what the receipt would say, and which fields are read. Nothing is kept */
        post: operations["tryEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/native/{system}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a message in the system’s own format. Nothing is kept */
        post: operations["tryNative"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s own receipts, newest first, 100 a page */
        get: operations["listReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a message, part by part
         * @description Never which child it was about, nor whether the hub knew one.
         */
        get: operations["readReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a message back, with a reason
         * @description Taken back a second time, for whatever reason, it answers with the receipt of the first.
         */
        post: operations["withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What readers say is wrong, or ask, of the caller’s own records; newest first, 50 a page */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request */
        get: operations["readRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a request: the first answer holds */
        post: operations["answerRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Children the caller may know of; the caseload by default */
        get: operations["listChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A child’s timeline, newest first, 100 a page
         * @description Not known and not allowed are the same 404. What is withheld is one line an agency.
         */
        get: operations["readTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events that say only that something the caller sees has changed */
        get: operations["followChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children/{id}/chronology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The significant events of a child, oldest first */
        get: operations["readChronology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children/{id}/shown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each agency had been shown of a child by a day: for learning reviews */
        get: operations["readShown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recorded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller’s own people recorded in the hub, and its system has not stated itself
         * @description As the system would publish it. Once it states the same under the same key, it is listed no more. Begin without a cursor.
         */
        get: operations["readRecorded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at whom, and why: for information governance */
        get: operations["readAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notices addressed to the caller’s agency of the last 90 days, oldest first, 100 a page
         * @description What they say is decided anew at every look. `cursor` of the answer is where to go on from next time; `next` is the same, and there only when there is more already. `since` begins at an instant instead: all of it is told again, as links and disclosure stand now. A program is told for the purpose it states; a person for what each notice is for, and with `Hub-Purpose` of notices for that purpose alone.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody at the caller’s agency has it: it is not escalated any more */
        post: operations["acknowledgeNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s own webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Have notices sent to an address, for the purpose stated */
        post: operations["registerWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Send nothing more there */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message that tells of nothing */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new signing secret: the one before signs beside it until the next */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what was sent since, at most 90 days back, as disclosure stands now */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A token for a system: client credentials
         * @description The bundled issuer of a development hub. A hub in production names its own (OpenID Connect), and every token is got there.
         */
        post: operations["token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database and the key store answer */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measurements, for Prometheus */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every event of the contract */
        get: operations["asyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description `/problems/<code>`: which kind of problem it is. */
            type: string;
            title: string;
            status: number;
            /** @description What is wrong, in words. Never a value that was sent. */
            detail: string;
            /** @description JSON pointer, or the name of a header or parameter. */
            pointer?: string;
            /** Format: uuid */
            correlationId: string;
        };
        CloudEvent: {
            /** @constant */
            specversion: "1.0";
            /** @description The source’s own id: with the system, what makes a repeated message the same one. */
            id: string;
            /** @description The publishing system, e.g. `police`. */
            source: string;
            /** @description `hub.<agency>.v1.<Fact>`: see `/docs/events`. */
            type: string;
            /** @description The source’s own record, e.g. of a person. */
            subject?: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            time?: string;
            /**
             * Format: date-time
             * @description When the source wrote it down, if that was later.
             */
            recordedtime?: string;
            /** @description Marks in lower case, e.g. `professional-only`: in place of the type’s own. */
            handling?: string;
            /** @description `application/json` unless it says `application/protobuf`. */
            datacontenttype?: string;
            /** @description The event: the protobuf JSON mapping of the message of that type. */
            data?: unknown;
            data_base64?: string;
        };
        /** @enum {string} */
        ReceiptStatus: "received" | "recorded" | "partly-recorded" | "ignored" | "held" | "quarantined" | "withdrawn";
        ReceiptAnswer: {
            /** Format: uuid */
            id: string;
            status: components["schemas"]["ReceiptStatus"];
            href: string;
        };
        Accepted: {
            receipts: components["schemas"]["ReceiptAnswer"][];
        };
        PartlyAccepted: {
            receipts: (components["schemas"]["ReceiptAnswer"] | {
                problem: components["schemas"]["Problem"];
            })[];
        };
        Outcome: {
            /** @description Canonical type of the fact, where there is one. */
            fact?: string;
            outcome: string;
            /** Format: uuid */
            eventId?: string;
            /** @description A code. */
            reason?: string;
            detail?: string;
            pointer?: string;
        };
        Tried: {
            messageId: string;
            status: components["schemas"]["ReceiptStatus"];
            outcomes: components["schemas"]["Outcome"][];
            facts: components["schemas"]["TriedFact"][];
            fields: components["schemas"]["FieldRead"][];
        };
        TriedFact: {
            /** @description `hub.<agency>.v1.<Fact>`. */
            type: string;
            /** @description The source’s own record. */
            record: string;
            occurred: {
                /** @description RFC 3339, or a day. */
                at: string;
                /** @enum {string} */
                precision: "instant" | "date";
            };
            /** Format: date-time */
            statedAt: string;
            handling?: string;
            pointer?: string;
            /** @description What would be recorded, as the catalogue has it. */
            data?: Record<string, never>;
        };
        FieldRead: {
            /** @description Where the message says something: a path of names, a star for any member of a list; a column; a path of elements. At most 1,000. */
            field: string;
            /** @description Whether the hub reads it. What it does not is kept with the message and goes no further. */
            read: boolean;
        };
        TriedAll: {
            results: components["schemas"]["Tried"][];
        };
        PartlyTried: {
            results: (components["schemas"]["Tried"] | {
                problem: components["schemas"]["Problem"];
            })[];
        };
        Receipt: {
            /** Format: uuid */
            id: string;
            source: string;
            messageId: string;
            /** Format: date-time */
            receivedAt: string;
            status: components["schemas"]["ReceiptStatus"];
            outcomes: components["schemas"]["Outcome"][];
        };
        Receipts: {
            receipts: components["schemas"]["Receipt"][];
            cursor?: string;
        };
        SourceRequest: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "wrong" | "why-withheld";
            /** @enum {string} */
            status: "open" | "answered";
            /** Format: date-time */
            askedAt: string;
            askedBy: {
                /** @enum {string} */
                agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
                role: string;
            };
            text: string;
            about: {
                /** Format: uuid */
                receipt: string;
                messageId: string;
                pointer?: string;
            } | {
                /** @description The source’s own record. */
                record: string;
            };
            answer?: {
                answer: components["schemas"]["Answer"];
                text: string;
                /** Format: date-time */
                answeredAt: string;
            };
        };
        /** @enum {string} */
        Answer: "corrected" | "stands" | "not-ours";
        SourceRequests: {
            requests: components["schemas"]["SourceRequest"][];
            /** Format: uuid */
            cursor?: string;
        };
        Answered: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "answered";
            answer: components["schemas"]["Answer"];
            text: string;
        };
        Child: {
            /** Format: uuid */
            id: string;
            name?: string;
            /** Format: date */
            birthDate?: string;
            age?: number;
            daysTo18?: number;
            /** @description Nobody, and no identifier, has confirmed yet who this is. */
            provisional: boolean;
            caseManager?: string;
            team?: string;
            cover?: string;
            /** Format: date-time */
            coverUntil?: string;
        };
        Children: {
            /** @enum {string} */
            list: "own" | "team" | "found" | "none";
            children: components["schemas"]["Child"][];
            workload?: {
                worker: string;
                name: string;
                team?: string;
                holds: number;
                covers: number;
            }[];
            next?: string;
        };
        HeaderLine: {
            text: string;
            detail?: string;
            when: string;
            /** @enum {string} */
            agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
            /** Format: uuid */
            entry: string;
        };
        Header: {
            where: components["schemas"]["HeaderLine"][];
            reoffending: components["schemas"]["HeaderLine"][];
            "harm-to-others": components["schemas"]["HeaderLine"][];
            "safety-and-wellbeing": components["schemas"]["HeaderLine"][];
            "self-harm": components["schemas"]["HeaderLine"][];
            medical: components["schemas"]["HeaderLine"][];
            orders: components["schemas"]["HeaderLine"][];
            bail: components["schemas"]["HeaderLine"][];
            tag: components["schemas"]["HeaderLine"][];
            status: components["schemas"]["HeaderLine"][];
            authority: components["schemas"]["HeaderLine"][];
            "case-manager": components["schemas"]["HeaderLine"][];
            "social-worker": components["schemas"]["HeaderLine"][];
            cover: components["schemas"]["HeaderLine"][];
            communication: components["schemas"]["HeaderLine"][];
            next: components["schemas"]["HeaderLine"][];
            overdue: components["schemas"]["HeaderLine"][];
        };
        Entry: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            record: string;
            /** @description The versions of one fact share it. */
            fact: string;
            type: string;
            title: string;
            lines: {
                label: string;
                value: string;
            }[];
            /** @enum {string} */
            agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
            system: string;
            category: string;
            handling: string;
            /** Format: date-time */
            occurredAt: string;
            /** @enum {string} */
            precision: "instant" | "date";
            /** @description In words, as exactly as the source knew. */
            occurred: string;
            /** Format: date-time */
            statedAt: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            recordedAt: string;
            /** Format: uuid */
            receipt: string;
            /** @enum {string} */
            state: "current" | "superseded" | "withdrawn" | "historic";
            /** Format: uuid */
            supersedes?: string;
            /** Format: uuid */
            supersededBy?: string;
            /** Format: date-time */
            supersededAt?: string;
            /** Format: date-time */
            withdrawnAt?: string;
            erased: boolean;
        };
        Withheld: {
            /** @enum {string} */
            agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
            reason: string;
        };
        Timeline: {
            child: components["schemas"]["Child"];
            header: components["schemas"]["Header"];
            entries: components["schemas"]["Entry"][];
            withheld: components["schemas"]["Withheld"][];
            asks?: Record<string, never>[];
            next?: string;
        };
        Chronology: {
            child: components["schemas"]["Child"];
            events: components["schemas"]["Entry"][];
            withdrawn: number;
            made: {
                by: string;
                /** @enum {string} */
                agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
                purpose: string;
                /** Format: date-time */
                at: string;
            };
        };
        Shown: {
            child: components["schemas"]["Child"];
            /** Format: date-time */
            asKnownAt: string;
            agencies: Record<string, never>[];
            unattributedLooks: number;
            notices?: string;
            entries?: components["schemas"]["Entry"][];
            next?: string;
        };
        Recorded: {
            recorded: {
                /** Format: uuid */
                id: string;
                type: string;
                subject?: string;
                /** Format: date-time */
                time: string;
                /** Format: date-time */
                recordedtime: string;
                data: Record<string, never>;
            }[];
            next?: string;
        };
        Audit: {
            looks: Record<string, never>[];
            summary?: Record<string, never>;
            next?: string;
        };
        Notification: {
            /**
             * Format: uuid
             * @description Stable: the same notice has it everywhere.
             */
            id: string;
            /**
             * Format: uuid
             * @description One for an episode or concern.
             */
            thread: string;
            /** @enum {string} */
            state: "told" | "recalled";
            kind?: string;
            /** @enum {string} */
            urgency: "urgent" | "ordinary" | "digest";
            /** Format: date-time */
            raisedAt: string;
            /** Format: date-time */
            recalledAt?: string;
            /** @description It may concern a child of theirs: nobody knows yet who this is. */
            possible: boolean;
            acknowledged: boolean;
            /** Format: uuid */
            child?: string;
            facts: {
                /** Format: uuid */
                id: string;
                type: string;
                /** @enum {string} */
                agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
                category: string;
                handling: string;
                /** Format: date-time */
                occurredAt: string;
                /** @enum {string} */
                precision: "instant" | "date";
                title: string;
                lines: {
                    label: string;
                    value: string;
                }[];
            }[];
            /** @description An appointment offered to hold a return home interview at: when and where, and nothing else of it. */
            slots?: {
                /** Format: date-time */
                at: string;
                place?: string;
            }[];
            /** @description Something is not for machines: the agency’s people read it in the inbox. */
            withheld?: {
                /** @enum {string} */
                agency: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
                reason: string;
            }[];
        };
        Notifications: {
            notifications: components["schemas"]["Notification"][];
            cursor?: string;
            next?: string;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            /** Format: uri */
            url: string;
            purpose: string;
            /** @enum {string} */
            state: "active" | "gone";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            failingSince?: string;
        };
        WebhookWithSecret: {
            /** Format: uuid */
            id: string;
            /** Format: uri */
            url: string;
            purpose: string;
            /** @enum {string} */
            state: "active" | "gone";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            failingSince?: string;
            secret: string;
        };
        Acknowledged: {
            /** Format: uuid */
            id: string;
            acknowledged: boolean;
        };
    };
    responses: {
        /** @description The request cannot be understood: `pointer` names the field, header or parameter. Nothing was kept. */
        400: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No token, or one that is not good (any more). */
        401: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller may not do this, or not for this purpose. */
        403: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not there, or not the caller’s to see: the same answer. */
        404: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Other content under the same id, or answered before: the first stays. */
        409: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large. */
        413: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content type, or an encoding, is not one this door takes. */
        415: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the hub: quote the correlation id. */
        500: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not available just now. Nothing of the request was kept: send it again after `Retry-After` seconds. */
        503: {
            headers: {
                /** @description In the hub’s log too. */
                "X-Correlation-Id"?: string;
                /** @description Seconds. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    publishEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "specversion": "1.0",
                 *       "source": "police",
                 *       "type": "hub.police.v1.MissingReported",
                 *       "id": "missing-reported-1",
                 *       "subject": "nominal-1",
                 *       "time": "2026-03-01T09:30:00Z",
                 *       "datacontenttype": "application/json",
                 *       "data": {
                 *         "reportReference": "MR-1",
                 *         "risk": "RISK_GRADE_HIGH",
                 *         "reportedBy": "carer",
                 *         "lastSeen": "placement",
                 *         "lastSeenAt": "2026-03-01T09:30:00Z",
                 *         "force": "99",
                 *         "person": {
                 *           "givenNames": "Robin",
                 *           "familyName": "Exampleton",
                 *           "birthDate": "2010-05-06",
                 *           "nhsNumber": "9990001014"
                 *         },
                 *         "homeAuthority": "Fernhill",
                 *         "reportedMissingAt": "2026-03-01T09:30:00Z"
                 *       }
                 *     }
                 */
                "application/cloudevents+json": components["schemas"]["CloudEvent"];
                /**
                 * @example [
                 *       {
                 *         "specversion": "1.0",
                 *         "source": "police",
                 *         "type": "hub.police.v1.MissingReported",
                 *         "id": "missing-reported-1",
                 *         "subject": "nominal-1",
                 *         "time": "2026-03-01T09:30:00Z",
                 *         "datacontenttype": "application/json",
                 *         "data": {
                 *           "reportReference": "MR-1",
                 *           "risk": "RISK_GRADE_HIGH",
                 *           "reportedBy": "carer",
                 *           "lastSeen": "placement",
                 *           "lastSeenAt": "2026-03-01T09:30:00Z",
                 *           "force": "99",
                 *           "person": {
                 *             "givenNames": "Robin",
                 *             "familyName": "Exampleton",
                 *             "birthDate": "2010-05-06",
                 *             "nhsNumber": "9990001014"
                 *           },
                 *           "homeAuthority": "Fernhill",
                 *           "reportedMissingAt": "2026-03-01T09:30:00Z"
                 *         }
                 *       }
                 *     ]
                 */
                "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
            };
        };
        responses: {
            /** @description Kept, durably. What becomes of it is in the receipt. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "receipts": [
                     *         {
                     *           "id": "00000000-0000-4000-8000-000000000001",
                     *           "status": "received",
                     *           "href": "/v1/receipts/00000000-0000-4000-8000-000000000001"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Some events of a batch were kept, others not: each item says which. */
            207: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartlyAccepted"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    publishNative: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which format it is, where the system has several. */
                "Hub-Format"?: string;
                /** @description The source’s own id; absent: a hash of the bytes, the subject and when it was observed. */
                "Hub-Message-Id"?: string;
                /** @description Whom it is about, e.g. `nhs:9990001010`, where the message itself does not say. */
                "Hub-Subject"?: string;
                /** @description When it was so (RFC 3339), where the message itself does not say. */
                "Hub-Observed-At"?: string;
            };
            path: {
                /** @description The caller’s own name. */
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Kept, durably. What becomes of it is in the receipt. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "receipts": [
                     *         {
                     *           "id": "00000000-0000-4000-8000-000000000001",
                     *           "status": "received",
                     *           "href": "/v1/receipts/00000000-0000-4000-8000-000000000001"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    tryEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "specversion": "1.0",
                 *       "source": "police",
                 *       "type": "hub.police.v1.MissingReported",
                 *       "id": "missing-reported-1",
                 *       "subject": "nominal-1",
                 *       "time": "2026-03-01T09:30:00Z",
                 *       "datacontenttype": "application/json",
                 *       "data": {
                 *         "reportReference": "MR-1",
                 *         "risk": "RISK_GRADE_HIGH",
                 *         "reportedBy": "carer",
                 *         "lastSeen": "placement",
                 *         "lastSeenAt": "2026-03-01T09:30:00Z",
                 *         "force": "99",
                 *         "person": {
                 *           "givenNames": "Robin",
                 *           "familyName": "Exampleton",
                 *           "birthDate": "2010-05-06",
                 *           "nhsNumber": "9990001014"
                 *         },
                 *         "homeAuthority": "Fernhill",
                 *         "reportedMissingAt": "2026-03-01T09:30:00Z"
                 *       }
                 *     }
                 */
                "application/cloudevents+json": components["schemas"]["CloudEvent"];
                /**
                 * @example [
                 *       {
                 *         "specversion": "1.0",
                 *         "source": "police",
                 *         "type": "hub.police.v1.MissingReported",
                 *         "id": "missing-reported-1",
                 *         "subject": "nominal-1",
                 *         "time": "2026-03-01T09:30:00Z",
                 *         "datacontenttype": "application/json",
                 *         "data": {
                 *           "reportReference": "MR-1",
                 *           "risk": "RISK_GRADE_HIGH",
                 *           "reportedBy": "carer",
                 *           "lastSeen": "placement",
                 *           "lastSeenAt": "2026-03-01T09:30:00Z",
                 *           "force": "99",
                 *           "person": {
                 *             "givenNames": "Robin",
                 *             "familyName": "Exampleton",
                 *             "birthDate": "2010-05-06",
                 *             "nhsNumber": "9990001014"
                 *           },
                 *           "homeAuthority": "Fernhill",
                 *           "reportedMissingAt": "2026-03-01T09:30:00Z"
                 *         }
                 *       }
                 *     ]
                 */
                "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
            };
        };
        responses: {
            /** @description What would become of each. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedAll"];
                };
            };
            /** @description Some events of a batch would be refused. */
            207: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartlyTried"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    tryNative: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which format it is, where the system has several. */
                "Hub-Format"?: string;
                /** @description The source’s own id; absent: a hash of the bytes, the subject and when it was observed. */
                "Hub-Message-Id"?: string;
                /** @description Whom it is about, e.g. `nhs:9990001010`, where the message itself does not say. */
                "Hub-Subject"?: string;
                /** @description When it was so (RFC 3339), where the message itself does not say. */
                "Hub-Observed-At"?: string;
            };
            path: {
                /** @description The caller’s own name. */
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description What would become of it. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedAll"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    listReceipts: {
        parameters: {
            query?: {
                /** @description Only these. */
                status?: "received" | "recorded" | "partly-recorded" | "ignored" | "held" | "quarantined" | "withdrawn";
                /** @description Received at or after. */
                since?: string;
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipts"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    readReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "00000000-0000-4000-8000-000000000001",
                     *       "source": "police",
                     *       "messageId": "missing-reported-1",
                     *       "receivedAt": "2026-03-01T09:30:00Z",
                     *       "status": "recorded",
                     *       "outcomes": [
                     *         {
                     *           "fact": "hub.police.v1.MissingReported",
                     *           "outcome": "recorded",
                     *           "eventId": "00000000-0000-8000-8000-000000000002"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "wrong child"
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Kept, durably. What becomes of it is in the receipt. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "receipts": [
                     *         {
                     *           "id": "00000000-0000-4000-8000-000000000001",
                     *           "status": "received",
                     *           "href": "/v1/receipts/00000000-0000-4000-8000-000000000001"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Only these. */
                status?: "open" | "answered";
                /** @description Asked at or after. */
                since?: string;
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceRequests"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    readRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceRequest"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    answerRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answer": "stands",
                 *       "text": "Checked against the record."
                 *     }
                 */
                "application/json": {
                    answer: components["schemas"]["Answer"];
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Taken. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answered"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    listChildren: {
        parameters: {
            query?: {
                /** @description A name, part of one, or an identifier. */
                q?: string;
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
                /** @description Of one’s own caseload: held, or covered now. */
                as?: "holder" | "cover";
                /** @description Of the service’s: this worker’s. */
                worker?: string;
                /** @description Of the service’s: this team’s. */
                team?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Children"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    readTimeline: {
        parameters: {
            query?: {
                /** @description Only what these published. */
                agency?: ("police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos")[];
                /** @description Only these data categories. */
                category?: ("missing" | "return-interview" | "exploitation" | "offending" | "court" | "probation" | "case-management" | "custody" | "education" | "ehc-plan" | "social-care" | "health-involvement" | "health-vital" | "health-detail" | "victim" | "intelligence")[];
                /** @description Occurred at or after: a date or an RFC 3339 instant. */
                from?: string;
                /** @description Occurred at or before: a date or an RFC 3339 instant. */
                to?: string;
                /** @description As the hub knew it then: an RFC 3339 instant, or a date (YYYY-MM-DD) meaning the end of that day in Europe/London. */
                asKnownAt?: string;
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    followChanges: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
                /** @description Where it was broken off. */
                "Last-Event-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without an end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    readChronology: {
        parameters: {
            query?: {
                /** @description Only what these published. */
                agency?: ("police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos")[];
                /** @description Only these data categories. */
                category?: ("missing" | "return-interview" | "exploitation" | "offending" | "court" | "probation" | "case-management" | "custody" | "education" | "ehc-plan" | "social-care" | "health-involvement" | "health-vital" | "health-detail" | "victim" | "intelligence")[];
                /** @description Occurred at or after: a date or an RFC 3339 instant. */
                from?: string;
                /** @description Occurred at or before: a date or an RFC 3339 instant. */
                to?: string;
                /** @description As the hub knew it then: an RFC 3339 instant, or a date (YYYY-MM-DD) meaning the end of that day in Europe/London. */
                asKnownAt?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chronology. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chronology"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    readShown: {
        parameters: {
            query?: {
                /** @description As the hub knew it then: an RFC 3339 instant, or a date (YYYY-MM-DD) meaning the end of that day in Europe/London. */
                asKnownAt?: string;
                /** @description One agency, entry by entry. */
                agency?: "police" | "court" | "health" | "education" | "probation" | "social-care" | "secure-estate" | "yos";
                /** @description Of that agency. */
                entries?: "all" | "known" | "not-shown";
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was shown. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shown"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    readRecorded: {
        parameters: {
            query?: {
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recorded"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    readAudit: {
        parameters: {
            query?: {
                /** @description Looks at this child. */
                child?: string;
                /** @description A sign-in name, or a system’s. */
                who?: string;
                /** @description In Europe/London. */
                day?: string;
                /** @description Looks for this purpose. */
                purpose?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "emergency" | "publishing-partner" | "operation" | "operation";
                /** @description How they ended. */
                outcome?: "shown" | "not-found" | "done";
                /** @description Of the next page, as the page before gave it. */
                cursor?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description As an answer before gave it. */
                cursor?: string;
                /** @description Raised then or later, at most 90 days back. Not with a cursor. */
                since?: string;
            };
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notifications"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    acknowledgeNotification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is acknowledged, now or before. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: components["schemas"]["Webhook"][];
                    };
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    registerWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://partner.example/hub"
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Registered. The secret is not shown again. */
            201: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On its way, under this `webhook-id`. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            503: components["responses"]["503"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret, not shown again. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        secret: string;
                    };
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Why the caller looks. A machine must say; a person’s follows from role and page. */
                "Hub-Purpose"?: "case-management" | "safeguarding" | "return-interview" | "court-preparation" | "transition" | "supervision-of-staff" | "duty" | "learning-review" | "audit" | "publishing-partner" | "operation";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-05-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** Format: date-time */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description How many messages. */
            202: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        messages: number;
                    };
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grant_type": "client_credentials",
                 *       "scope": "publish"
                 *     }
                 */
                "application/x-www-form-urlencoded": {
                    /** @enum {string} */
                    grant_type: "client_credentials";
                    /** @enum {string} */
                    scope: "publish" | "read" | "publish read";
                };
            };
        };
        responses: {
            /** @description The token, and for how many seconds it is good. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        token_type: string;
                        expires_in: number;
                        scope?: string;
                    };
                };
            };
            /** @description Not a request for a token (RFC 6749). */
            400: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        error_description?: string;
                    };
                };
            };
            /** @description Not a client, or not its secret. */
            401: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        error_description?: string;
                    };
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They do. */
            200: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "unavailable";
                        checks: {
                            /** @enum {string} */
                            database: "ok" | "failed";
                            /** @enum {string} */
                            keys: "ok" | "failed";
                        };
                    };
                };
            };
            /** @description One does not. */
            503: {
                headers: {
                    /** @description In the hub’s log too. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "unavailable";
                        checks: {
                            /** @enum {string} */
                            database: "ok" | "failed";
                            /** @enum {string} */
                            keys: "ok" | "failed";
                        };
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Measurements. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    asyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AsyncAPI 3. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
}
