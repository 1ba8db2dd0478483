/** A hearing as HMPPS passes the court's message on: as text in a topic's notification. */
export interface SimulatedCopy {
  /** The court's message. */
  readonly hearing: object;
  readonly kind: 'ConfirmedOrUpdated' | 'Resulted';
  /** RFC 3339. */
  readonly sentAt: string;
}

export function hearingCopy({ hearing, kind, sentAt }: SimulatedCopy) {
  return {
    Type: 'Notification',
    MessageId: '00000000-0000-4000-8000-00000000c0de',
    Message: JSON.stringify(hearing),
    Timestamp: sentAt,
    MessageAttributes: {
      messageType: { Type: 'String', Value: 'COMMON_PLATFORM_HEARING' },
      hearingEventType: { Type: 'String', Value: kind },
    },
  };
}

/** The same as its queue hands it out. */
export function queuedHearingCopy(copy: SimulatedCopy) {
  return { ReceiptHandle: 'any', Body: JSON.stringify(hearingCopy(copy)) };
}

/** What stands in the queue for a message that was too large for it. */
export function largeHearingCopy({ kind, sentAt }: Omit<SimulatedCopy, 'hearing'>) {
  const pointer = [
    'software.amazon.payloadoffloading.PayloadS3Pointer',
    { s3BucketName: 'large-messages', s3Key: 'any' },
  ];
  return hearingCopy({ hearing: pointer, kind, sentAt });
}
