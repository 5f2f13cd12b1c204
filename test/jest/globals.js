let current;

/** Sets the globals of the current test file. */
export const setGlobals = (globals) => {
  current = globals;
};

const ofCurrentFile = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, self, parameters) => Reflect.apply(current[name], self, parameters),
    get: (_target, property) => current[name][property],
  });

export const afterAll = ofCurrentFile('afterAll');
export const afterEach = ofCurrentFile('afterEach');
export const beforeAll = ofCurrentFile('beforeAll');
export const beforeEach = ofCurrentFile('beforeEach');
export const describe = ofCurrentFile('describe');
export const expect = ofCurrentFile('expect');
export const it = ofCurrentFile('it');
export const jest = ofCurrentFile('jest');
export const test = ofCurrentFile('test');
