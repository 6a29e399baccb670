/** What the bench wants to know: how many invoices there are, and how long orders took to be validated. */
export class Tally {
  constructor(
    readonly invoiced: () => void,
    readonly heard: (topic: 'order.captured' | 'order.validated', orderId: string) => void,
  ) {}
}
