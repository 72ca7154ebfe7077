import { MaskDocument } from '../../mask/maskDocument';

/** The one mask of this page. Its bytes live here, outside React and the store; `subscribe` tells of committed changes. */
export const maskDocument = new MaskDocument();
