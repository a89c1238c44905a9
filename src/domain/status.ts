/** `/bsu` alone: where this migration is, what blocks it, what waits for the asker. */
export interface StatusFacts {
  readonly migration: string | null;
  readonly zone: string;
  readonly where: string;
  readonly plans: readonly { readonly number: number; readonly state: string; readonly text: string }[];
  readonly blocks: readonly string[];
  readonly waitsForYou: readonly string[];
  /** The next window of a live plan that is not over. */
  readonly nextWindow: { readonly plan: number; readonly from: string; readonly to: string } | null;
  /** Somebody's migrations, where there are several and none was named. */
  readonly migrations: readonly {
    readonly id: number;
    readonly name: string;
    readonly zone: string;
    readonly waitsForYou: readonly string[];
    readonly nextWindow: StatusFacts['nextWindow'];
  }[];
  readonly you: { readonly name: string; readonly roles: readonly string[] };
}

export interface PeopleFacts {
  readonly people: readonly {
    readonly name: string;
    readonly email: string;
    readonly telephone: string | null;
    readonly roles: readonly string[];
  }[];
}

export interface GrantedFacts {
  readonly name: string;
  readonly role: string;
  readonly change: 'granted' | 'held already' | 'revoked' | 'not held';
  readonly account: string | null;
}

export interface StartedFacts {
  readonly migration: string;
  readonly provider: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly zone: string;
}

export interface SettingsFacts {
  readonly settings: readonly {
    readonly name: string;
    readonly value: string;
    readonly source: 'default' | 'set for this migration';
  }[];
}

export interface DoctorFacts {
  readonly checks: readonly DoctorCheck[];
}

/** One thing that was looked at. No full stop at the end of what it says, nor of the fix. */
export interface DoctorCheck {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
  readonly fix: string | null;
}

export interface InstallationAnswers {
  readonly status: StatusFacts;
  readonly people: PeopleFacts;
  readonly 'role.changed': GrantedFacts;
  readonly 'migration.started': StartedFacts;
  readonly settings: SettingsFacts;
  readonly doctor: DoctorFacts;
}
