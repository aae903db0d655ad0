/** Amounts as this page shows them. */
import { bytes } from "@/time/format";

/** "12.3"; one digit after the point. */
export function decimal(value: number): string {
  return value.toLocaleString([], { maximumFractionDigits: 1 });
}

/** "1.2 GB", from MiB, which the API speaks. */
export function mebibytes(amount_mib: number): string {
  return bytes(amount_mib * 1024 * 1024);
}
