import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refurbishment } from '../../../api/clients.js';
import type { paths } from '../../../api/generated/refurbishment.js';
import type { Sheet } from '../scanning/steps.js';

type Steps = paths['/api/refurbishment/devices/{identifier}/steps']['post'];
export type StepBody = NonNullable<Steps['requestBody']>['content']['application/json'];
export type StepAnswer = Steps['responses'][200]['content']['application/json'];

const READ = ['/api/refurbishment/devices', '/api/refurbishment/sites', '/api/refurbishment/counts', '/api/traceability/devices'];

/** Asks again for what a step may have changed. */
export function useReadAgain(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ predicate: ({ queryKey: [, path] }) => typeof path === 'string' && READ.some((one) => path.startsWith(one)) });
}

export interface Sending {
  readonly send: (body: StepBody) => Promise<void>;
  readonly sending: boolean;
  readonly error: unknown;
}

/** Does a step of the device. Refused, what is shown is asked for again: somebody may have been faster. */
export function useStep({ id }: Pick<Sheet, 'id'>, onDone: (answer: StepAnswer) => void): Sending {
  const readAgain = useReadAgain();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (body: StepBody) => {
    setSending(true);
    setError(null);
    try {
      const { data } = await refurbishment.call.POST('/api/refurbishment/devices/{identifier}/steps', { params: { path: { identifier: id } }, body });
      await readAgain();
      if (data) onDone(data);
    } catch (failure) {
      setError(failure);
      await readAgain();
    }
    setSending(false);
  };
  return { send, sending, error };
}
