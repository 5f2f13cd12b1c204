import { operation } from './document.js';
import type * as types from './generated/operations.js';

/** The documents of the client. Each that issues a session selects its token, which the transport keeps. */
export const ConfirmIdentity = operation<
  types.ConfirmIdentityMutation,
  types.ConfirmIdentityMutationVariables
>(/* GraphQL */ `
    mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
      confirmIdentity(input: $input) { stepUpExpiresAt session { token } userErrors { code field message } }
    }
  `);

export const StartPasskeyConfirmation = operation<
  types.StartPasskeyConfirmationMutation,
  types.StartPasskeyConfirmationMutationVariables
>(/* GraphQL */ `
  mutation StartPasskeyConfirmation {
    startPasskeyConfirmation { options userErrors { code field message } }
  }
`);

export const Login = operation<types.LoginMutation, types.LoginMutationVariables>(/* GraphQL */ `
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      user { id username role }
      session { token }
      secondFactor { challenge factors passkeyOptions }
      userErrors { code field message }
    }
  }
`);

export const VerifySecondFactor = operation<
  types.VerifySecondFactorMutation,
  types.VerifySecondFactorMutationVariables
>(/* GraphQL */ `
  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) {
      user { id username role }
      session { token }
      passkeyOptions
      userErrors { code field message }
    }
  }
`);

export const StartPasskeyLogin = operation<
  types.StartPasskeyLoginMutation,
  types.StartPasskeyLoginMutationVariables
>(/* GraphQL */ `
    mutation StartPasskeyLogin {
      startPasskeyLogin { options userErrors { code field message } }
    }
  `);

export const LoginWithPasskey = operation<
  types.LoginWithPasskeyMutation,
  types.LoginWithPasskeyMutationVariables
>(/* GraphQL */ `
    mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {
      loginWithPasskey(input: $input) {
        user { id username role }
        session { token }
        secondFactor { challenge factors passkeyOptions }
        userErrors { code field message }
      }
    }
  `);

export const StartPasskeyRegistration = operation<
  types.StartPasskeyRegistrationMutation,
  types.StartPasskeyRegistrationMutationVariables
>(/* GraphQL */ `
  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {
    startPasskeyRegistration(input: $input) { options userErrors { code field message } }
  }
`);

export const RegisterPasskey = operation<
  types.RegisterPasskeyMutation,
  types.RegisterPasskeyMutationVariables
>(/* GraphQL */ `
    mutation RegisterPasskey($input: RegisterPasskeyInput!) {
      registerPasskey(input: $input) {
        passkey { id name }
        backupCodes
        session { token }
        userErrors { code field message }
      }
    }
  `);

export const Logout = operation<types.LogoutMutation, types.LogoutMutationVariables>(/* GraphQL */ `
  mutation Logout {
    logout { userErrors { code field message } }
  }
`);
