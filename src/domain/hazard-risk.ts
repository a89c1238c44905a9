/** Clinical risk as NHS clinical safety rates it (DCB0129 and DCB0160: likelihood × severity). */
export const LIKELIHOODS = ['very-low', 'low', 'medium', 'high', 'very-high'] as const;
export type Likelihood = (typeof LIKELIHOODS)[number];
export const SEVERITIES = ['minor', 'significant', 'considerable', 'major', 'catastrophic'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Risk {
  readonly likelihood: Likelihood;
  readonly severity: Severity;
}

/** One row a likelihood, one column a severity, in the order above: the matrix of NHS clinical safety. */
const MATRIX = {
  'very-low': [1, 1, 2, 2, 3],
  low: [1, 2, 2, 3, 4],
  medium: [2, 2, 3, 3, 4],
  high: [2, 3, 3, 4, 5],
  'very-high': [3, 4, 4, 5, 5],
} as const satisfies Record<Likelihood, readonly [number, number, number, number, number]>;

/** 1 (acceptable) to 5 (unacceptable). */
export function riskOf({ likelihood, severity }: Risk): 1 | 2 | 3 | 4 | 5 {
  return MATRIX[likelihood][SEVERITIES.indexOf(severity)] ?? 5;
}

/** "3 (low × major)" */
export function riskWords(risk: Risk): string {
  return `${riskOf(risk)} (${risk.likelihood.replace('-', ' ')} × ${risk.severity})`;
}
