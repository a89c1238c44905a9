/** What mail servers say later of our mails, taken in one mail at a time. */
export interface MailReports {
  take(mail: Uint8Array): Promise<TakenReports>;
}

export interface TakenReports {
  /** 0: the mail was no report, or not about one of our mails. */
  readonly reports: number;
  /** Of these, about no mail of ours. */
  readonly strange: number;
  readonly bounced: number;
  readonly delivered: number;
}
