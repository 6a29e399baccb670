/** The front page: what this is and where to go. No data: it is open to everybody. */
export function homePage(): string {
  return page(
    'Railhead',
    `<main>
<h1>Railhead</h1>
<p>An order-to-cash hub: orders come in by EDI, Salesforce, web shop or JSON and leave as paid invoices.</p>
<ul>
<li><a href="/docs">API documentation</a> (<a href="/openapi.json">OpenAPI</a>)</li>
<li><a href="/health/ready">Health</a></li>
<li>On the command line: <code>npx railhead orders</code>, <code>npx railhead demo</code></li>
<li>What waits for a person: <code>npx railhead tasks</code>; of what partners sent <code>npx railhead held list</code>;
what did not reach them <code>npx railhead deliveries list</code>; messages set aside <code>npx railhead dlq list</code></li>
</ul>
</main>`,
    // Here and not on every page: the API page has a <main> of its own, which is to be wide.
    '<style>main{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}</style>',
  );
}

/** The API documentation. */
export function docsPage(): string {
  return page(
    'Railhead API',
    `<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });</script>`,
    '<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png">',
  );
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>${head}</head>
<body>${body}</body></html>
`;
}
