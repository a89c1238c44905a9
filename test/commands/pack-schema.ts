import { z } from 'zod';
import schema from '../../docs/evidence-pack.schema.json' with { type: 'json' };

/** What docs/evidence-pack.schema.json says, as a check. */
export const packSchema = z.fromJSONSchema(schema as never);
