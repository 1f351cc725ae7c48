/** The operations that the session sends, byte for byte as in `documents/`, so that they can be trusted documents. */

const PAYLOAD = `    accessToken
    refreshToken
    expiresIn
    viewer {
      feedCursor
      user {
        id
      }
    }
    userErrors {
      code
      message
      retryAfterSeconds
      sessionReason
    }`;

export const SIGN_IN = `mutation SessionSignIn($input: SignInInput!) {
  signIn(input: $input) {
${PAYLOAD}
  }
}
`;

export const TOKEN_REFRESH = `mutation SessionTokenRefresh($input: TokenRefreshInput!) {
  tokenRefresh(input: $input) {
${PAYLOAD}
  }
}
`;

export const SIGN_OUT = `mutation SessionSignOut {
  signOut {
    signedOut
  }
}
`;
