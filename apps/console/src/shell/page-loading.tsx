import { Skeleton } from '@mantine/core';
import { LoadingRows } from '../parts/loading-rows.js';

/** A page whose code or texts are on their way. */
export function PageLoading() {
  return (
    <>
      <Skeleton height={30} width="14rem" mb="lg" />
      <LoadingRows rows={6} />
    </>
  );
}
