import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const documents = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'src/**/*.md']);

/** Text without code, whose brackets are no links. */
const read = (file: string) =>
  readFileSync(file, 'utf8')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');

/** The anchor of a heading, as GitHub derives it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The links of a document to files and headings of this repository. */
const linksOf = (file: string) =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));

test('finds the documents and their links', () => {
  expect(documents).toContain('README.md');
  expect(linksOf('README.md')).toContain('docs/api-tour.md');
  expect(anchorsOf('docs/api-tour.md')).toContain('two-factor-authentication');
});

test.each(documents)('%s links only to files and headings that exist', (file) => {
  const broken = linksOf(file).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && (statSync(target).isDirectory() || !anchorsOf(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});
