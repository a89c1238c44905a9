/** A personal value of an audit event, with the salt that makes its hash: deleted together (rule 27). */
export interface PersonalValueTable {
  chain: string;
  digest: string;
  salt: string;
  value: string;
}
