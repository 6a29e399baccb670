import { Controller, Get, Header, NotFoundException, Param, Res, StreamableFile } from '@nestjs/common';
import { Access } from '@railhead/service-kit';
import type { FastifyReply } from 'fastify';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openApiDocument } from './openapi.js';
import { docsPage, homePage } from './pages.js';

const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** What this is and how to talk to it. Nothing here needs a key, and nothing comes from anywhere else. */
@Controller()
export class DocsController {
  private readonly document = openApiDocument('1');

  @Get()
  @Access('public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  home(): string {
    return homePage();
  }

  @Get('openapi.json')
  @Access('public')
  openApi(): object {
    return this.document;
  }

  @Get('docs')
  @Access('public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  docs(): string {
    return docsPage();
  }

  @Get('docs/:asset')
  @Access('public')
  asset(@Param('asset') asset: string, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const type = Object.hasOwn(ASSETS, asset) ? ASSETS[asset] : undefined;
    if (type === undefined) throw new NotFoundException();
    void reply.header('cache-control', 'public, max-age=86400');
    return new StreamableFile(createReadStream(join(SWAGGER, asset)), { type });
  }
}
