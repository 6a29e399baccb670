// The connector's own checks of a webhook. Doors do not export them: they are theirs alone.
const connector = new URL('../../../../apps/commerce-connector/dist/', import.meta.url);

export const { isSigned } = await import(new URL('shopify/signature.js', connector).href);
export const { readOrder } = await import(new URL('shopify/read-order.js', connector).href);
export const { WebhookDoor } = await import(new URL('shopify/webhook-door.js', connector).href);
